// SPDX-License-Identifier: Apache-2.0
// Site profiles as files: made from a picture, confirmed, written.
#pragma once
#include <string>
#include <string_view>

#include "cli/look.h"
#include "core/site.h"

namespace vioreview {

struct SiteHead {
  std::string device_id, view = "1", place, direction;
};

// Decodes one picture as a panel, with the fingerprint of its view. Throws IoError when it cannot
// be read.
Looked decoded_picture(const std::string& file);
// A picture without its content: size, fingerprint, or why it cannot be read.
PanelFacts decoded_facts(const PictureRef& picture);

// `geometry`: blocks of a profile, in pixels of `panel`; what stands in `head` wins. Not confirmed,
// whatever the blocks say. Throws ConfigError as site_from_toml, and UsageError without a device.
Site drawn_site(const SiteHead& head, const std::string& geometry, const PanelFacts& panel);

// Throws UsageError when there is a file and not `replace`, or when a confirmed one is there.
void write_profile(const std::string& file, const Site& site, bool replace);
void write_text(const std::string& file, std::string_view text);

// The profile's text with who confirmed it and when ("": now); all else stays as it was written.
// Throws UsageError when it is confirmed already or has no fingerprint of its view.
std::string confirmed_text(const std::string& text, const std::string& file, const std::string& by,
                           const std::string& at);

}  // namespace vioreview
