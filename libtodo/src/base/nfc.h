// What normalization and folding share.
#pragma once

#include <string_view>

namespace todo {

// Whether the text is in NFC for sure; the other answer only means that it has to be made.
bool is_surely_nfc(std::string_view text);

}  // namespace todo
