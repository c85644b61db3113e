// SPDX-License-Identifier: Apache-2.0
// What test workers left behind: which pictures they looked at, and whether any still runs.
#pragma once
#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

namespace vioreview {

inline std::vector<std::string> lines_of(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

// A process that is gone, or only waits for its parent to notice.
inline bool is_dead(const std::string& pid) {
  std::ifstream in("/proc/" + pid + "/stat");
  std::string text;
  if (!std::getline(in, text)) return true;
  const std::size_t name_end = text.rfind(") ");
  return name_end == std::string::npos || text[name_end + 2] == 'Z' || text[name_end + 2] == 'X';
}

// Waits for the workers named in `trace`/pids to end; false when one does not within 10 s.
inline bool workers_are_gone(const std::filesystem::path& trace) {
  for (const std::string& pid : lines_of(trace / "pids"))
    for (int i = 0; !is_dead(pid); ++i) {
      if (i == 1000) return false;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
  return true;
}

}  // namespace vioreview
