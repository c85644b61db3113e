// SPDX-License-Identifier: Apache-2.0
// Ingest understood the case: record readable, its pictures there, its id its own. What it did not
// understand is added to every verdict by judge.cpp, one finding a problem.
#include "judge/checks/checks.h"

namespace vioreview {
namespace {

Finding check(const Evidence& e) {
  if (e.c.problems.empty())
    return holds(kRecordComplete, 1, "record and pictures are complete", "记录与图片齐全");
  const Problem& first = e.c.problems.front();
  const std::string what = (first.file.empty() ? "" : first.file + ": ") + first.detail;
  return fails(kRecordComplete, first.reason, 1, what, what);
}

}  // namespace

const Check kRecordComplete{
    "record_complete", "The record can be read and its pictures are there", {}, check};

}  // namespace vioreview
