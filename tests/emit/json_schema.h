// SPDX-License-Identifier: Apache-2.0
// As much of JSON Schema 2020-12 as the published schemas use. A keyword that is not known here
// throws: no constraint is passed over in silence.
#pragma once
#include <string>

#include "format/value.h"

namespace vioreview {

// The first thing about `value` that breaks `schema`, with its place ("/reasons/0/panel: ..."), or
// "" when it fits.
std::string schema_complaint(const Value& schema, const Value& value);

}  // namespace vioreview
