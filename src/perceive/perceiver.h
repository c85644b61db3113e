// SPDX-License-Identifier: Apache-2.0
// The seam between pixels and judgement: one verb. Behind it LibTorch models, or recorded facts
// where there is no LibTorch.
#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/facts.h"
#include "core/image.h"
#include "core/model_card.h"

namespace vioreview {

class Perceiver {
 public:
  virtual ~Perceiver() = default;
  // Fills objects and plates of `facts` from the panel. The caller has set file, sha256, role, size
  // and what decode measured. Never throws for a picture: a failure becomes facts.failure. One call
  // at a time.
  virtual void perceive(const Image& panel, const Needs& needs, PanelFacts& facts) = 0;
  // The text in the bands of a composite, in pixels of the picture; empty without a reader.
  virtual std::vector<OverlaySeen> read_bands(const Image& picture, const std::vector<Box>& bands) {
    static_cast<void>(picture);
    static_cast<void>(bands);
    return {};
  }
};

// Facts by picture hash from a JSON Lines file ({"sha256": ..., ...PanelFacts}); a picture that is
// not in it fails with check_missing. For tests, and for judging without LibTorch. Throws IoError,
// ConfigError.
std::unique_ptr<Perceiver> make_recorded_perceiver(const std::filesystem::path& jsonl);

// The cards of all models/NAME/card.toml below `dir`, by name. Throws ConfigError, IoError.
std::vector<ModelCard> read_model_cards(const std::filesystem::path& dir);

// Hashes of the models in use, joined: part of the key of remembered facts.
std::string models_key(const std::vector<ModelCard>& cards);

}  // namespace vioreview
