// SHA-256, for what has to be told apart and not kept.
#pragma once

#include <string>
#include <string_view>

namespace todo::server {

std::string sha256_hex(std::string_view bytes);  // 64 digits in lower case

}  // namespace todo::server
