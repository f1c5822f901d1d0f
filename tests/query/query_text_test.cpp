#include <gtest/gtest.h>

#include "todo/query.h"

namespace todo {
namespace {

// The canonical text of `text`, or why it was refused.
std::string canonical(std::string_view text) {
  Result<Query> query = parse<Query>(text);
  return query.has_error() ? "refused: " + query.error().message : to_text(*query);
}

std::string refusal(std::string_view text) {
  Result<Query> query = parse<Query>(text);
  return query.has_error() ? query.error().message : "read as " + to_text(*query);
}

Errc code_of(std::string_view text) { return parse<Query>(text).error().code; }

TEST(QueryText, ReadsAndWritesEveryKindOfTerm) {
  for (std::string_view text : {"",
                                "milk",
                                "\"oat milk\"",
                                "mil*",
                                "title:milk",
                                "notes:\"oat milk\"",
                                "title:mil*",
                                "#home",
                                "@Work.Reports",
                                "@\"deep work\"",
                                "!high",
                                "!none",
                                "priority>=high",
                                "priority:low..high",
                                "due:today",
                                "due<tomorrow",
                                "due<=yesterday",
                                "due>monday",
                                "due>=2026-11-23",
                                "due:2026-11-23..2026-12-01",
                                "start<+7d",
                                "start:-2w",
                                "created>+3m",
                                "updated>=-1y",
                                "completed:eow..eom",
                                "due<=eoy",
                                "estimate>=1h30min",
                                "estimate:2d",
                                "estimate:30s..1d2h",
                                "parent:0190c5d2-8f00-7abc-8def-0123456789ab",
                                "is:open",
                                "is:done",
                                "is:cancelled",
                                "is:closed",
                                "is:any",
                                "is:deleted",
                                "is:overdue",
                                "is:today",
                                "is:upcoming",
                                "is:recurring",
                                "is:blocked",
                                "is:inbox",
                                "has:notes",
                                "has:priority",
                                "has:tags",
                                "has:project",
                                "has:parent",
                                "has:start",
                                "has:due",
                                "has:reminder",
                                "has:recurrence",
                                "has:estimate"})
    EXPECT_EQ(canonical(text), text);
}

TEST(QueryText, BindsAndCloserThanOrAndDropsNeedlessParentheses) {
  EXPECT_EQ(canonical("a b OR c AND d"), "a b OR c d");
  EXPECT_EQ(canonical("(a OR b) c"), "(a OR b) c");
  EXPECT_EQ(canonical("((a) AND (b (c)))"), "a b c");
  EXPECT_EQ(canonical("a OR (b OR c)"), "a OR b OR c");
  EXPECT_EQ(canonical("a(b)c"), "a b c");
}

TEST(QueryText, NegatesByMinusAndByNot) {
  EXPECT_EQ(canonical("NOT milk"), "-milk");
  EXPECT_EQ(canonical("-#home -@work -!high"), "-#home -@work -!high");
  EXPECT_EQ(canonical("NOT (a b)"), "-(a b)");
  EXPECT_EQ(canonical("-(a OR b)"), "-(a OR b)");
  EXPECT_EQ(canonical("NOT NOT a --b -NOT c"), "a b c");
  EXPECT_EQ(canonical("due!=today tag!=home"), "-due:today -#home");
  EXPECT_EQ(canonical("-due!=today"), "due:today");
}

TEST(QueryText, NormalizesSpelling) {
  EXPECT_EQ(canonical("DUE:Today STATUS=Done !HIGH is:OPEN"), "due:today is:done !high is:open");
  EXPECT_EQ(canonical("due=+1d due:-1d due:+0d"), "due:tomorrow due:yesterday due:today");
  EXPECT_EQ(canonical("due:<=+2w"), "due<=+2w");
  EXPECT_EQ(canonical("tag:home project:work priority=low"), "#home @work !low");
  EXPECT_EQ(canonical("estimate<90min estimate:1w"), "estimate<1h30min estimate:7d");
  EXPECT_EQ(canonical("\"milk\""), "milk");
  EXPECT_EQ(canonical("  \u00A0milk\u3000bread\n"), "milk bread");
  EXPECT_EQ(canonical("\"  oat \t milk \""), "\"oat milk\"");
  EXPECT_EQ(canonical("cafe\u0301"), "caf\u00E9");
}

// What people type or paste is text unless it is meant as something else.
TEST(QueryText, ReadsHostileTitlesAsText) {
  EXPECT_EQ(canonical("do not forget"), "do not forget");
  EXPECT_EQ(canonical("and or AND1 ORDER NOTE"), "and or AND1 ORDER NOTE");
  EXPECT_EQ(canonical("E-mail"), "E-mail");
  EXPECT_EQ(canonical("May I"), "May I");
  EXPECT_EQ(canonical("C#"), "C#");
  EXPECT_EQ(canonical("bob@x.org"), "bob@x.org");
  EXPECT_EQ(canonical("v1..2"), "v1..2");
  EXPECT_EQ(canonical("Re: x"), "\"Re:\" x");
  EXPECT_EQ(canonical("http://a.example/?b=c"), "\"http://a.example/?b=c\"");
  EXPECT_EQ(canonical("10:30 x=y a<b i!=j"), "\"10:30\" \"x=y\" \"a<b\" \"i!=j\"");
  EXPECT_EQ(canonical("5 - 3 # @ ! * - ="), "5 \"-\" 3 \"#\" \"@\" \"!\" \"*\" \"-\" \"=\"");
  EXPECT_EQ(canonical("why! !? @- ##x a*b"), "\"why!\" \"!?\" \"@-\" \"##x\" a*b");
}

TEST(QueryText, TakesASignOnlyBeforeALetterDigitOrQuote) {
  EXPECT_EQ(canonical("Fix #42"), "Fix #42");
  Result<Query> query = parse<Query>("Fix #42");
  ASSERT_EQ(query->parts.size(), 2u);
  EXPECT_EQ(query->parts[1].term, Term{TagTerm{"42"}});
  EXPECT_EQ(canonical("#\u00E4rger #\"deep work\" @\u201Cdeep work\u201D"),
            "#\u00E4rger #\"deep work\" @\"deep work\"");
}

TEST(QueryText, SplitsAtQuotesAndEscapesOnlyWithinThem) {
  EXPECT_EQ(canonical("a\"b c\"d"), "a \"b c\" d");
  EXPECT_EQ(canonical(R"("say \"hi\" \\ \n")"), R"("say \"hi\" \\ \\n")");
  EXPECT_EQ(canonical(R"(a\b)"), R"(a\b)");
  EXPECT_EQ(canonical("\u201Coat milk\u201D"), "\"oat milk\"");
  EXPECT_EQ(canonical("\u201Eoat milk\u201C"), "\"oat milk\"");
  EXPECT_EQ(canonical("title:\"a..b c\"..d"), "title:\"a..b c\" \"..d\"");
  EXPECT_EQ(canonical("\"mil\"*"), "mil \"*\"");
  EXPECT_EQ(canonical("\"AND\" \"due:x\" \"mil*\""), "\"AND\" \"due:x\" \"mil*\"");
}

TEST(QueryText, ClosesWhatIsStillBeingTyped) {
  EXPECT_EQ(canonical("milk \"oat mi"), "milk \"oat mi\"");
  EXPECT_EQ(canonical("milk AND"), "milk");
  EXPECT_EQ(canonical("milk OR "), "milk");
  EXPECT_EQ(canonical("milk NOT"), "milk");
  EXPECT_EQ(canonical("milk OR NOT "), "milk");
  EXPECT_EQ(canonical("milk due:"), "milk");
  EXPECT_EQ(canonical("milk -due<="), "milk");
  EXPECT_EQ(canonical("OR"), "");
  EXPECT_EQ(*parse<Query>("due:"), Query{});
}

TEST(QueryText, PointsAtTheCharacterAtFault) {
  EXPECT_EQ(refusal("milk )"), "at character 6: this `)` has no `(`");
  EXPECT_EQ(refusal("b\u00FCro (milk"), "at character 6: this `(` has no `)`");
  EXPECT_EQ(refusal("()"), "at character 2: a word or another term is expected");
  EXPECT_EQ(refusal("(a OR )"), "at character 7: a word or another term is expected");
  EXPECT_EQ(refusal("AND milk"),
            "at character 1: `AND` takes a term on both sides; quote it as a word");
  EXPECT_EQ(refusal("a AND OR b"),
            "at character 7: `OR` takes a term on both sides; quote it as a word");
  EXPECT_EQ(refusal("due: milk"),
            "at character 5: a value of `due` is expected here, without a space before it");
  EXPECT_EQ(refusal("milk priorty:high"),
            "at character 6: there is no field `priorty`; did you mean `priority`?");
  EXPECT_EQ(refusal("deu:today"), "at character 1: there is no field `deu`; did you mean `due`?");
  EXPECT_EQ(refusal("-due:frday"), "at character 6: `frday` is not a day; did you mean `friday`?");
  EXPECT_EQ(refusal("due:soon"),
            "at character 5: `soon` is not a day: write 2026-11-23, today, friday, +7d or eom");
  EXPECT_EQ(refusal("due:today..soon").substr(0, 16), "at character 12:");
  EXPECT_EQ(refusal("due:today.."),
            "at character 10: `..` takes a value on both sides; write <= or >= for one");
  EXPECT_EQ(refusal("is:overdu"),
            "at character 4: `is` knows no `overdu`; did you mean `overdue`?");
  EXPECT_EQ(refusal("x !important"),
            "at character 4: `priority` knows no `important`: one of none, low, medium, high, "
            "urgent");
  EXPECT_EQ(refusal("tag<home"), "at character 1: `tag` has no order: it takes `:`, `=` or `!=`");
  EXPECT_EQ(refusal("due<=today..eow"), "at character 6: a range takes `:`, `=` or `!=` before it");
  EXPECT_EQ(refusal("due:2026-02-30").substr(0, 15), "at character 5:");
  EXPECT_EQ(refusal("parent:7").substr(0, 15), "at character 8:");
  EXPECT_EQ(refusal("estimate:soon").substr(0, 16), "at character 10:");
}

TEST(QueryText, TellsKindsOfRefusalApart) {
  EXPECT_EQ(code_of(")"), Errc::malformed);
  EXPECT_EQ(code_of("due:soon"), Errc::malformed);
  EXPECT_EQ(code_of("\xFF"), Errc::malformed);
  EXPECT_EQ(code_of("duee:today"), Errc::unknown_name);
  EXPECT_EQ(code_of("is:nice"), Errc::unknown_name);
  EXPECT_EQ(code_of("due<+2h"), Errc::unsupported);
  EXPECT_EQ(code_of("due<2026-11-23T09:00:00"), Errc::unsupported);
  EXPECT_EQ(code_of("#wor*"), Errc::unsupported);
  EXPECT_EQ(code_of("blocks:x"), Errc::unsupported);
  EXPECT_EQ(code_of("due<+99999d"), Errc::out_of_range);
  EXPECT_EQ(code_of(std::string(limits::query_bytes + 1, 'a')), Errc::out_of_range);
  EXPECT_EQ(code_of(std::string(limits::nesting + 1, '(')), Errc::out_of_range);
}

// Only `:` says that a field was meant: "pro=con" is no slip of the pen.
TEST(QueryText, SuggestsAFieldOnlyBeforeAColon) {
  EXPECT_EQ(canonical("titel=x"), "\"titel=x\"");
  EXPECT_EQ(code_of("titel:x"), Errc::unknown_name);
  EXPECT_EQ(canonical("Dad:x"), "\"Dad:x\"");
}

TEST(QueryText, TakesNoOperatorForTheBeginningOfAWord) {
  EXPECT_EQ(canonical("title:==x*"), "title:\"=x*\"");
  EXPECT_EQ(canonical(canonical("title:===x*")), canonical("title:===x*"));
}

TEST(QueryText, MakesOnlyAPlainLastWordAPrefix) {
  auto typed = [](std::string_view text) {
    return to_text(with_last_word_as_prefix(*parse<Query>(text)));
  };
  EXPECT_EQ(typed("oat mil"), "oat mil*");
  EXPECT_EQ(typed("a OR (b -c"
                  ")"),
            "a OR b -c*");
  EXPECT_EQ(typed("title:mil"), "title:mil*");
  EXPECT_EQ(typed("oat mil*"), "oat mil*");
  EXPECT_EQ(typed("mil #home"), "mil #home");
  EXPECT_EQ(typed("\"oat mil\""), "\"oat mil\"");
  EXPECT_EQ(typed("Re:"), "\"Re:\"");
  EXPECT_EQ(typed(""), "");
}

TEST(SortText, ReadsAndWritesKeys) {
  for (std::string_view text : {"", "due,-priority", "-due", "title,created,-updated,completed",
                                "order,project,-estimate,start"})
    EXPECT_EQ(to_text(*parse<Sort>(text)), text);
  EXPECT_EQ(to_text(*parse<Sort>(" due , -title ")), "due,-title");
}

TEST(SortText, RefusesWhatIsNoKeyOrNamedTwice) {
  auto refused = [](std::string_view text) { return parse<Sort>(text).error(); };
  EXPECT_EQ(refused("priorty"), (Error{Errc::unknown_name,
                                       "tasks cannot be sorted by `priorty`; did you mean "
                                       "`priority`?",
                                       ""}));
  EXPECT_EQ(refused("due,-due"), (Error{Errc::invalid, "`due` is named twice", ""}));
  EXPECT_EQ(refused("due,").code, Errc::unknown_name);
  EXPECT_EQ(refused("--due").code, Errc::unknown_name);
  EXPECT_EQ(refused("Due").code, Errc::unknown_name);
}

}  // namespace
}  // namespace todo
