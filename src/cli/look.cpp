// SPDX-License-Identifier: Apache-2.0
#include "cli/look.h"

#include "core/sha256.h"
#include "decode/decode.h"
#include "ingest/read_picture.h"

namespace vioreview {
namespace {

Looked failed(Looked looked, Problem problem) {
  problem.file = looked.facts.file;
  looked.facts.failure = std::move(problem);
  return looked;
}

}  // namespace

Looked look_at(const PictureRef& picture, const Needs& needs, Perceiver& perceiver) {
  Looked looked;
  PanelFacts& facts = looked.facts;
  facts.file = picture.file;
  facts.role = picture.role;
  const auto bytes = read_picture(picture);
  if (!bytes) return failed(std::move(looked), bytes.problem());
  facts.sha256 = sha256(bytes.value());
  auto decoded = decode(bytes.value());
  if (!decoded) return failed(std::move(looked), decoded.problem());
  Decoded picture_seen = std::move(decoded).value();
  looked.image = std::move(picture_seen.image);
  facts.width = looked.image.width;
  facts.height = looked.image.height;
  facts.crop = {0, 0, static_cast<float>(facts.width), static_cast<float>(facts.height)};
  facts.notes = std::move(picture_seen.notes);
  facts.colour = picture_seen.colour;
  facts.brightness = picture_seen.brightness;
  facts.chroma = picture_seen.chroma;
  facts.written = picture_seen.written;
  facts.perceptual_hash = std::move(picture_seen.perceptual_hash);
  if (facts.role == Role::panel) facts.print = std::move(picture_seen.print);
  perceiver.perceive(looked.image, needs, facts);
  return looked;
}

}  // namespace vioreview
