#include "api/routes.h"

namespace todo::server {

Routes all_routes() {
  Routes routes;
  add_task_routes(routes);
  add_history_routes(routes);
  add_entity_routes(routes);
  add_command_routes(routes);
  add_journal_routes(routes);
  add_recurrence_routes(routes);
  add_import_routes(routes);
  return routes;
}

}  // namespace todo::server
