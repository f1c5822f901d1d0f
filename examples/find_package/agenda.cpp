// Which instant "half past two" was on the night the clocks went forward, by an installed libtodo.
#include <todo/zone.h>

#include <cstdio>

int main() {
  const std::optional<todo::Zone> paris = todo::Zones::embedded().find("Europe/Paris");
  const todo::Result<todo::LocalTime> time = todo::parse<todo::LocalTime>("2026-03-29T02:30:00");
  if (!paris || time.has_error()) return 1;

  std::puts(todo::to_text(paris->to_instant(*time)).c_str());
}
