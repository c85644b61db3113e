// SPDX-License-Identifier: Apache-2.0
// Rows of the 六合一 table VIO_SURVEIL (domain reference 7.1): the national names as they are, with
// what its stages and its second point say.
#include "ingest/makers.h"

namespace vioreview {

bool claims_surveil(const Value& fields) {
  // Columns that no upload or index has.
  return has_any(fields, {"wfxw"}) &&
         has_any(fields, {"ysxh", "fxjgmc", "sxsj", "shsj", "sxr", "shr", "bjcsbj", "wfspdz"});
}

Adapted adapt_surveil(const Value& fields) {
  Adapted result{fields, {}, {}};
  // A second point is what interval speed (采集方式 7) has.
  if (!text_named(fields, "wfsj1").empty() && text_named(fields, "cjfs").empty())
    result.fields.set("cjfs", "7");
  for (const auto& [field, stage] :
       {std::pair("sxsj", "screened (筛选)"), std::pair("shsj", "reviewed (审核)")})
    if (const std::string time = text_named(fields, field); !time.empty())
      result.notes.push_back(std::string("was ") + stage + " before, at " + time.substr(0, 30));
  if (!text_named(fields, "wfspdz").empty())
    result.notes.emplace_back("names a film, which is not fetched");
  return result;
}

}  // namespace vioreview
