// SPDX-License-Identifier: Apache-2.0
#include "cli/environment.h"

#include <cstdlib>
#include <cstring>
#include <string_view>
#include <unistd.h>
#include <utility>

#include "core/errors.h"

namespace vioreview {
namespace fs = std::filesystem;
namespace {

// One intra-op thread a process; the pixel limit stands above decode's own, which gives the better
// message.
constexpr std::pair<const char*, const char*> kSettings[] = {
    {"OMP_NUM_THREADS", "1"},
    {"OMP_THREAD_LIMIT", "1"},
    {"OMP_WAIT_POLICY", "passive"},
    {"OPENCV_IO_MAX_IMAGE_PIXELS", "134217728"},
};

fs::path program_folder() {
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  return error ? fs::current_path() : program.parent_path();
}

}  // namespace

void restart_with_environment(char** argv) {
  bool complete = true;
  for (const auto& [name, value] : kSettings) {
    const char* current = std::getenv(name);
    if (current && std::strcmp(current, value) == 0) continue;
    complete = false;
    setenv(name, value, 1);
  }
  // A second start that still lacks a setting would mean that it cannot be set: go on rather than
  // loop.
  if (complete || std::getenv("VIOREVIEW_RESTARTED")) return;
  setenv("VIOREVIEW_RESTARTED", "1", 1);
  execv("/proc/self/exe", argv);
}

fs::path models_dir(const std::string& given) {
  if (!given.empty()) {
    if (!fs::is_directory(given))
      throw SetupError(given + ": no such models folder; give the right one with --models");
    return given;
  }
  if (const char* named = std::getenv("VIOREVIEW_MODELS"); named && *named)
    return models_dir(named);
  const fs::path here = program_folder();
  for (const fs::path& candidate : {here / "../../models", here / "../share/vioreview/models"})
    if (fs::is_directory(candidate)) return fs::weakly_canonical(candidate);
  throw SetupError("no models folder found beside " + here.string() +
                   "; give it with --models or $VIOREVIEW_MODELS");
}

std::string current_isa() {
  const char* limit = std::getenv("ONEDNN_MAX_CPU_ISA");
  const std::string_view most = limit ? limit : "";
  if (most != "AVX2" && most != "SSE41" && __builtin_cpu_supports("avx512f") &&
      __builtin_cpu_supports("avx512bw"))
    return "avx512";
  if (most != "SSE41" && __builtin_cpu_supports("avx2")) return "avx2";
  return "sse4";
}

}  // namespace vioreview
