#include "api/entity.h"
#include "api/routes.h"

namespace todo::server {

namespace {

Result<std::optional<LocalTime>> after_of(const Call& call) {
  auto text = call.request.parameter("after");
  if (!text) return std::optional<LocalTime>();
  Result<When> after = parse<When>(*text);
  if (after.has_error()) return within("after", after.error());
  return std::optional<LocalTime>(local_time_of(*after));
}

Response preview(const Call& call) {
  Result<Task> draft = value_in_body<Task>(call);
  if (draft.has_error()) return problem(draft.error());
  if (!draft->recurrence)
    return problem({Errc::missing, "there is no recurrence to preview", "/recurrence"});
  Recurrence& recurrence = *draft->recurrence;
  if (!recurrence.anchor) recurrence.anchor = recurring_date(*draft);
  if (!recurrence.anchor)
    return problem({Errc::missing, "a recurrence needs a date to count from", "/due"});
  if (auto flaw = flaw_of(recurrence)) return problem(within("recurrence", *flaw));
  Result<std::optional<LocalTime>> after = after_of(call);
  if (after.has_error()) return problem(after.error());
  Result<std::uint64_t> limit = number_parameter(call, "limit", 10, {0, 1000});
  if (limit.has_error()) return problem(limit.error());

  const auto* zoned = std::get_if<Zoned>(&*recurrence.anchor);
  const Zones& zones = call.host.session().zones();
  std::optional<Zone> zone = zones.find(zoned ? zoned->zone : call.host.workspace().settings.zone);
  if (!zone) return problem({Errc::invalid, "there is no such zone", "/recurrence/anchor"});
  std::string body = R"({"occurrences":[)";
  for (LocalTime time : occurrences(recurrence, *after, static_cast<std::size_t>(*limit), zone)) {
    if (body.back() != '[') body += ',';
    body += json_text(to_text(with_local_time(*recurrence.anchor, time)));
  }
  return json(200, body.append("]}"));
}

}  // namespace

void add_recurrence_routes(Routes& routes) {
  routes.push_back({Method::post,
                    "/v1/recurrence/preview",
                    Read(preview),
                    {"previewRecurrence",
                     "The dates that a recurrence gives, without creating anything.",
                     {{"after", "When", "Only those after this date or local time."},
                      {"limit", R"({"type":"integer","minimum":0,"maximum":1000})",
                       "At most so many, up to 1,000; otherwise 10."}},
                     "Draft",
                     "Occurrences"}});
}

}  // namespace todo::server
