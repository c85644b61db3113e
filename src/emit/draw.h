// SPDX-License-Identifier: Apache-2.0
// What was seen, drawn on the picture for people: boxes, corners, the warped plate, what each check
// said.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "core/facts.h"
#include "core/image.h"
#include "core/verdict.h"

namespace vioreview {

// One panel with its facts drawn. `plates`: each plate of the facts warped flat, in order (shown
// enlarged below the panel); `verdict` may be null (a picture without a record); `index` is the
// panel's place in the case.
Image draw_panel(const Image& panel, const PanelFacts& facts, const std::vector<Image>& plates,
                 const Verdict* verdict, int index, bool chinese);

// Panels side by side with a band of text lines below: the story of a case.
Image draw_case(const std::vector<Image>& drawn_panels, const std::vector<std::string>& lines);

// Durable, mode 0640. Throws IoError.
void write_png(const std::filesystem::path& path, const Image& image);

}  // namespace vioreview
