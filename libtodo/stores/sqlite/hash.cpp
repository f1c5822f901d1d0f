#include "hash.h"

#include <openssl/rand.h>

#include <algorithm>
#include <stdexcept>

namespace todo::sqlite {
namespace {

void demand(bool succeeded) {
  if (!succeeded) throw std::runtime_error("OpenSSL does not work");
}

}  // namespace

Hasher::Hasher()
    : sha256_(EVP_MD_fetch(nullptr, "SHA256", nullptr), EVP_MD_free),
      context_(EVP_MD_CTX_new(), EVP_MD_CTX_free) {
  demand(sha256_ && context_);
}

Digest Hasher::digest(std::string_view bytes) {
  Digest digest;
  demand(EVP_DigestInit_ex2(context_.get(), sha256_.get(), nullptr) == 1);
  demand(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) == 1);
  demand(EVP_DigestFinal_ex(context_.get(), digest.data(), nullptr) == 1);
  return digest;
}

Digest Hasher::chain(const Digest& before, const Digest& digest) {
  std::array<char, 64> both;
  std::copy(before.begin(), before.end(), both.begin());
  std::copy(digest.begin(), digest.end(), both.begin() + 32);
  return this->digest({both.data(), both.size()});
}

Digest Hasher::beginning_of(const WorkspaceId& workspace) {
  std::string id(workspace.bytes.begin(), workspace.bytes.end());
  return digest(id);
}

Link Hasher::link(const Digest& before, std::string_view payload) {
  Link link;
  link.digest = digest(payload);
  link.chain = chain(before, link.digest);
  return link;
}

std::string random_uuid() {
  IdBytes bytes;
  demand(RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) == 1);
  bytes[6] = static_cast<std::uint8_t>(0x40 | (bytes[6] & 0x0f));  // version 4
  bytes[8] = static_cast<std::uint8_t>(0x80 | (bytes[8] & 0x3f));  // variant of RFC 9562
  return uuid_text(bytes);
}

}  // namespace todo::sqlite
