// The zone rules that the library was built with, in the format that data/make_zones.py describes.
#pragma once

#include <cstddef>

namespace todo {

extern const unsigned char packed_zones[];
extern const std::size_t packed_zones_size;

}  // namespace todo
