// SPDX-License-Identifier: Apache-2.0
// What manifest and summary say alike.
#pragma once
#include <string_view>

#include "emit/emit.h"
#include "format/value.h"

namespace vioreview {

// `schema` of each line; a change that breaks readers raises the number.
inline constexpr std::string_view kManifestSchema = "vioreview/manifest/1";

Value versions_value(const Versions& versions);

}  // namespace vioreview
