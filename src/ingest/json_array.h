// SPDX-License-Identifier: Apache-2.0
// Records that lie in one JSON array.
#pragma once
#include <string_view>
#include <vector>

#include "ingest/text.h"

namespace vioreview {

// The elements of an array as they stand in its text, which must be valid JSON in this encoding.
// Empty for other JSON.
std::vector<std::string_view> array_elements(std::string_view json, Encoding encoding);

}  // namespace vioreview
