// SPDX-License-Identifier: Apache-2.0
// Ingest understood the case: record readable, its pictures there, its id its own.
#include "judge/checks/checks.h"

namespace vioreview {
namespace {

Finding check(const Evidence& e) {
  if (e.c.problems.empty())
    return holds(kRecordComplete, 1, "record and pictures are complete", "记录与图片齐全");
  const Problem& first = e.c.problems.front();
  const std::string where = first.file.empty() ? "" : first.file + ": ";
  return fails(kRecordComplete, first.reason, 1, where + first.detail, where + first.detail);
}

}  // namespace

const Check kRecordComplete{
    "record_complete", "The record can be read and its pictures are there", {}, check};

}  // namespace vioreview
