// SPDX-License-Identifier: Apache-2.0
// Stands in for LibTorch in a build without it.
#include "core/errors.h"
#include "perceive/torch/torch_perceiver.h"

namespace vioreview {
namespace {

constexpr const char* kMissing =
    "this build has no LibTorch: build with -DVIOREVIEW_TORCH=ON, or judge recorded facts with "
    "--recorded FILE";

}  // namespace

std::unique_ptr<Perceiver> make_torch_perceiver(const std::vector<ModelCard>&) {
  throw SetupError(kMissing);
}
std::string verify_model(const ModelCard&) {
  return kMissing;
}
bool have_torch() {
  return false;
}
std::string torch_version() {
  return "";
}

}  // namespace vioreview
