#include "todo/settings.h"

#include <gtest/gtest.h>

#include "sample_task.h"

namespace todo {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

template <class T>
std::string flaw(const T& value) {
  std::optional<Error> found = flaw_of(value, Zones::embedded());
  return found ? std::string(name_of(found->code)) + ' ' + found->field : "none";
}

std::string flaw_of_name(std::string name) {
  return flaw(Project{.id = sample_id<ProjectId>(1), .name = std::move(name)});
}

TEST(Project, HasANameOfOneToAHundredCharacters) {
  EXPECT_EQ(flaw_of_name("Home"), "none");
  EXPECT_EQ(flaw_of_name(std::string(limits::name, 'x')), "none");
  EXPECT_EQ(flaw_of_name(std::string(limits::name + 1, 'x')), "out_of_range /name");
  EXPECT_EQ(flaw_of_name(""), "missing /name");
  EXPECT_EQ(flaw_of_name(" "), "invalid /name");
  EXPECT_EQ(flaw_of_name("a\nb"), "invalid /name");
  EXPECT_EQ(flaw_of_name("\xff"), "malformed /name");
  EXPECT_EQ(flaw(Project{.name = "Home"}), "missing /id");
}

TEST(Project, HasTextOnBothSidesOfADot) {
  EXPECT_EQ(flaw_of_name("Home.Garden.Roses"), "none");
  for (std::string name : {".", ".Home", "Home.", "Home..Garden", "Home. .Garden"})
    EXPECT_EQ(flaw_of_name(name), "invalid /name") << name;
}

TEST(Project, IsStoredInNfc) {
  Project project{.id = sample_id<ProjectId>(1), .name = "Cafe\u0301", .order = "a0"};
  normalize(project);
  EXPECT_EQ(project.name, "Caf\u00e9");
  EXPECT_EQ(flaw(project), "invalid /order");
}

TEST(Filter, LimitsItsMembers) {
  Filter sound{.id = sample_id<FilterId>(1), .name = "Today", .query = "due:today", .sort = "-due"};
  EXPECT_EQ(flaw(sound), "none");

  Filter filter = sound;
  filter.query = std::string(limits::query_bytes, 'x');
  EXPECT_EQ(flaw(filter), "none");
  filter.query += 'x';
  EXPECT_EQ(flaw(filter), "out_of_range /query");
  filter = sound;
  filter.sort = "\xff";
  EXPECT_EQ(flaw(filter), "malformed /sort");
  filter = sound;
  filter.name = "";
  EXPECT_EQ(flaw(filter), "missing /name");
  filter = sound;
  filter.id = {};
  EXPECT_EQ(flaw(filter), "missing /id");
  filter = sound;
  filter.order = "V0";
  EXPECT_EQ(flaw(filter), "invalid /order");
}

TEST(Settings, AreSoundByDefault) { EXPECT_EQ(flaw(Settings{}), "none"); }

TEST(Settings, WantAZoneThatIsKnown) {
  EXPECT_EQ(flaw(Settings{.zone = "Europe/Paris"}), "none");
  EXPECT_EQ(flaw(Settings{.zone = "europe/paris"}), "not_found /zone");
  EXPECT_EQ(flaw(Settings{.zone = ""}), "not_found /zone");
}

TEST(Settings, WantALanguageTag) {
  for (std::string locale : {"en", "de-AT", "zh-Hant-TW", "de-u-co-phonebk", "es-419", "haw"})
    EXPECT_EQ(flaw(Settings{.locale = locale}), "none") << locale;
  for (std::string locale : {"", "e", "en-", "-en", "en--US", "en_US", "12", "e1", "en-toolongpart",
                             "en US", "\xc3\xa9n"})
    EXPECT_EQ(flaw(Settings{.locale = locale}), "invalid /locale") << locale;
}

TEST(Settings, WriteALanguageTagInOneForm) {
  auto written = [](std::string locale) {
    Settings settings{.locale = std::move(locale)};
    normalize(settings);
    return settings.locale;
  };
  EXPECT_EQ(written("DE-at"), "de-AT");
  EXPECT_EQ(written("ZH-hANT-tw"), "zh-Hant-TW");
  EXPECT_EQ(written("de-U-CO-Phonebk"), "de-u-co-phonebk");
  EXPECT_EQ(written("-x"), "-x");
  EXPECT_EQ(written(""), "");
}

TEST(Settings, WantTimesWithinTheDay) {
  EXPECT_EQ(flaw(Settings{.morning = TimeOfDay{hours{24} - minutes{1}}}), "none");
  EXPECT_EQ(flaw(Settings{.morning = TimeOfDay{hours{24}}}), "out_of_range /morning");
  EXPECT_EQ(flaw(Settings{.morning = TimeOfDay{minutes{-1}}}), "out_of_range /morning");
}

TEST(Settings, WantBothEndsOfQuietHours) {
  TimeOfDay night{hours{22}};
  TimeOfDay morning{hours{7}};
  EXPECT_EQ(flaw(Settings{.quiet_from = night, .quiet_until = morning}), "none");
  EXPECT_EQ(flaw(Settings{.quiet_from = night}), "missing /quiet_until");
  EXPECT_EQ(flaw(Settings{.quiet_until = morning}), "missing /quiet_from");
  EXPECT_EQ(flaw(Settings{.quiet_from = night, .quiet_until = night}), "invalid /quiet_until");
  TimeOfDay beyond{hours{25}};
  EXPECT_EQ(flaw(Settings{.quiet_from = beyond, .quiet_until = night}), "out_of_range /quiet_from");
  EXPECT_EQ(flaw(Settings{.quiet_from = night, .quiet_until = beyond}),
            "out_of_range /quiet_until");
}

}  // namespace
}  // namespace todo
