// The OpenAPI 3.1 document of this server: schemas from the field tables, paths from the routes.
#pragma once

#include "api/routes.h"

namespace todo::server {

std::string openapi_text(const Routes& routes);

}  // namespace todo::server
