// SPDX-License-Identifier: Apache-2.0
// A site's profile over its picture, and a grid to read coordinates off.
#pragma once
#include "core/image.h"
#include "core/site.h"

namespace vioreview {

// The picture with the site's lines, lanes, areas and heads, each with what it is; a strip below
// says device, view, who confirmed it and the rules of the place. A picture of another size is
// scaled to the profile's.
Image draw_site(const Image& picture, const Site& site);

// The picture with a thin line every 20 px, a thick one every 100 and their coordinates along all
// four sides and within: twice as large when it is narrower than 1600 px.
Image draw_ruler(const Image& picture);

}  // namespace vioreview
