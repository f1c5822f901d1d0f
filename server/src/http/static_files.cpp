#include "http/static_files.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>

#include "http/entity_tag.h"
#include "http/sha256.h"

namespace todo::server {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view page_policy =
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "
    "img-src 'self' data: blob:; connect-src 'self'; worker-src 'self' blob:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

std::string_view type_of(const fs::path& path) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 14> types = {{
      {".html", "text/html; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".mjs", "text/javascript; charset=utf-8"},
      {".css", "text/css; charset=utf-8"},
      {".wasm", "application/wasm"},
      {".json", "application/json"},
      {".webmanifest", "application/manifest+json"},
      {".svg", "image/svg+xml"},
      {".png", "image/png"},
      {".ico", "image/x-icon"},
      {".woff2", "font/woff2"},
      {".txt", "text/plain; charset=utf-8"},
      {".map", "application/json"},
      {".webp", "image/webp"},
  }};
  for (const auto& [ending, type] : types) {
    if (path.extension() == ending) return type;
  }
  return "application/octet-stream";
}

std::string bytes_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (!in.good() && !in.eof())
    throw fs::filesystem_error("cannot be read", path, std::make_error_code(std::errc::io_error));
  return bytes;
}

bool accepts(const Request& request, std::string_view encoding) {
  std::string_view header = request.header("accept-encoding").value_or("");
  for (std::size_t at = header.find(encoding); at != std::string_view::npos;
       at = header.find(encoding, at + 1)) {
    std::string_view rest = header.substr(at + encoding.size());
    bool begins = at == 0 || header[at - 1] == ' ' || header[at - 1] == ',';
    bool ends = rest.empty() || rest.front() == ',' || rest.front() == ';' || rest.front() == ' ';
    if (begins && ends) return !rest.starts_with(";q=0,") && rest != ";q=0";
  }
  return false;
}

}  // namespace

StaticFiles StaticFiles::read(const fs::path& root) {
  StaticFiles files;
  if (root.empty()) return files;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root)) {
    if (!entry.is_regular_file()) continue;
    fs::path path = entry.path();
    bool br = path.extension() == ".br";
    bool gzip = path.extension() == ".gz";
    if (br || gzip) path.replace_extension();
    std::string name = "/" + path.lexically_relative(root).generic_string();
    File& file = files.files_[name];
    std::string bytes = bytes_of(entry.path());
    if (br || gzip) {
      (br ? file.br : file.gzip) = std::move(bytes);
      continue;
    }
    file.type = type_of(path);
    file.etag = sha256_hex(bytes).substr(0, 32);
    file.immutable = name.starts_with("/assets/");
    file.plain = std::move(bytes);
  }
  std::erase_if(files.files_, [](const auto& file) { return file.second.etag.empty(); });
  return files;
}

const StaticFiles::File* StaticFiles::file_of(std::string_view path) const {
  auto found =
      files_.find(path.ends_with('/') ? std::string(path) + "index.html" : std::string(path));
  std::string_view last = path.substr(path.rfind('/') + 1);
  if (found == files_.end() && last.find('.') == std::string_view::npos)
    found = files_.find("/index.html");
  return found == files_.end() ? nullptr : &found->second;
}

std::optional<Response> StaticFiles::find(const Request& request) const {
  std::optional<std::string> path = percent_decoded(request.path);
  const File* file = path ? file_of(*path) : nullptr;
  if (!file) return std::nullopt;

  bool br = !file->br.empty() && accepts(request, "br");
  bool gzip = !br && !file->gzip.empty() && accepts(request, "gzip");
  std::string etag = "\"" + file->etag + (br ? "-br" : gzip ? "-gz" : "") + "\"";
  bool known = names_tag(request, "if-none-match", etag, Comparison::weak).value_or(false);
  const std::string& body = br ? file->br : gzip ? file->gzip : file->plain;
  Response response = content(known ? 304 : 200, file->type, known ? "" : body);
  if (br || gzip) response.with("content-encoding", br ? "br" : "gzip");
  response.with("etag", etag).with("vary", "accept-encoding");
  response.with("content-security-policy", std::string(page_policy));
  return response.with("cache-control",
                       file->immutable ? "public, max-age=31536000, immutable" : "no-cache");
}

}  // namespace todo::server
