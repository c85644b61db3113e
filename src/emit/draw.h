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
#include "emit/target.h"

namespace vioreview {

// One panel with its facts drawn. `plates`: each plate of the facts warped flat, in order (shown
// enlarged below the panel); `verdict` may be null (a picture without a record); `index` is the
// panel's place in the case. An empty `panel` gives its name and why it is not there. `way`: where
// the target stands in each panel of the camera, drawn as a path with the panels' numbers.
Image draw_panel(const Image& panel, const PanelFacts& facts, const std::vector<Image>& plates,
                 const Verdict* verdict, int index, bool chinese,
                 const std::vector<WayPoint>& way = {});

// The story of a case: `lines` of text, what the checks say of the case as a whole (`verdict` may
// be null), then the panels in rows of two.
Image draw_case(const std::vector<Image>& drawn_panels, const std::vector<std::string>& lines,
                const Verdict* verdict = nullptr, bool chinese = false);

// Durable, mode 0640. Throws IoError.
void write_png(const std::filesystem::path& path, const Image& image);

}  // namespace vioreview
