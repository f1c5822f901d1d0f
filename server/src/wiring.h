// Puts the parts together: the only place that knows which store, which network and which clock.
#pragma once

#include "config/config.h"

namespace todo::server {

// Each gives the exit code of the process.
int serve(const Config& config);
int backup(const Config& config);
int restore(const Config& config);
int check(const Config& config);
int compact(const Config& config);

}  // namespace todo::server
