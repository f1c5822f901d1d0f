// The one table of routes: the router walks it, and the reference is written from it.
#pragma once

#include "api/call.h"

namespace todo::server {

using Routes = std::vector<Route>;

Routes all_routes();

void add_task_routes(Routes& routes);
void add_history_routes(Routes& routes);
void add_entity_routes(Routes& routes);  // projects, filters, settings
void add_journal_routes(Routes& routes);
void add_command_routes(Routes& routes);
void add_recurrence_routes(Routes& routes);
void add_import_routes(Routes& routes);

}  // namespace todo::server
