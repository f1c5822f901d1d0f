// SHA-256, and the chain of entries.
#pragma once

#include <openssl/evp.h>

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "todo/id.h"

namespace todo::sqlite {

using Digest = std::array<std::uint8_t, 32>;

// What an entry leaves behind for those after it.
struct Link {
  Digest digest{};  // of its payload
  Digest chain{};   // of the chain before it and its digest
};

// Keeps its context, which costs more to make than to use. Throws if OpenSSL fails.
class Hasher {
 public:
  Hasher();

  Digest digest(std::string_view bytes);
  Digest chain(const Digest& before, const Digest& digest);
  // What the first entry of a workspace is chained to, so that it is the first of that one alone.
  Digest beginning_of(const WorkspaceId& workspace);
  Link link(const Digest& before, std::string_view payload);

 private:
  std::unique_ptr<EVP_MD, decltype(&EVP_MD_free)> sha256_;
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_;
};

std::string random_uuid();  // version 4; throws if there are no random bytes

}  // namespace todo::sqlite
