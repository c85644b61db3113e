// SPDX-License-Identifier: Apache-2.0
// Process-wide settings of the libraries, and where the program finds its files.
#pragma once
#include <filesystem>
#include <string>

namespace vioreview {

// OpenMP and OpenCV read their limits before main, so a process started without them replaces
// itself by one that has them.
void restart_with_environment(char** argv);

// --models, else $VIOREVIEW_MODELS, else models/ beside the build folder or in ../share/vioreview
// of the program. Throws SetupError when there is none.
std::filesystem::path models_dir(const std::string& given);

// The instruction set whose network outputs a run gives: "avx512", "avx2" or "sse4". Outputs differ
// between them.
std::string current_isa();

}  // namespace vioreview
