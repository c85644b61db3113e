// SPDX-License-Identifier: Apache-2.0
// Facts of pictures over the state: what was seen of a picture under the models in use, without
// opening it again.
#pragma once
#include <map>
#include <optional>
#include <string>

#include "core/case.h"
#include "core/facts.h"
#include "store/state.h"

namespace vioreview {

// The picture as it lies now, known by its file and its place within; empty when it is not there.
std::optional<FileStamp> stamp_of(const PictureRef& picture);

class FactsMemory {
 public:
  // `models` names all that facts depend on beside the picture, its role and the needs. `state`
  // must outlive this.
  FactsMemory(State& state, std::string models) : state_(state), models_(std::move(models)) {}

  bool knows(const PictureRef& picture, const Needs& needs);
  // Whether facts of these bytes are known, wherever they lie.
  bool knows(const std::string& sha256, Role role, const Needs& needs);
  // From now on a picture of this path, where no file lies, stands for what was seen of these
  // bytes.
  void stand_for(const std::filesystem::path& path, const std::string& sha256);
  // `stamp`: taken before the look, so that a picture that changes meanwhile is looked at again.
  // Facts that follow from the file are remembered in the state; those of a crash, a timeout or a
  // file that could not be read only until this run ends, so that the next one tries again.
  void remember(const PictureRef& picture, const std::optional<FileStamp>& stamp,
                const Needs& needs, const PanelFacts& facts);
  // What is known; a picture that was never looked at is missing.
  PanelFacts recall(const PictureRef& picture, const Needs& needs);

 private:
  // How a look at something is named: the role and the needs count beside the thing itself.
  std::string key_of(const std::string& thing, Role role, const Needs& needs) const;
  std::optional<std::string> key_of(const PictureRef& picture, const Needs& needs);
  // The key under which facts are remembered that serve these needs. A lone picture may have been
  // looked at as a composite before the others of its case came.
  std::string key_known(const std::string& thing, Role role, const Needs& needs) const;

  State& state_;
  std::string models_;
  std::map<std::string, PanelFacts> passing_;      // by key over the place
  std::map<std::string, std::string> stands_for_;  // place -> sha-256
};

}  // namespace vioreview
