// SPDX-License-Identifier: Apache-2.0
// The loop of a worker process, and the lines that supervisor and worker exchange.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/case.h"
#include "core/facts.h"

namespace vioreview {

// What a worker is asked: the pictures of one case. One JSON line.
struct LookRequest {
  std::string case_id;
  std::vector<PictureRef> pictures;
  Needs needs;
};
std::string request_line(const LookRequest& request);

// A look at the pictures of a case: read, decode, perceive; as many panels as pictures. Failures
// are in the facts; an exception ends the worker.
using Look = std::function<Facts(const LookRequest&)>;

// What it answers: {"case_id": ..., "panels": [...]}. Empty when the line is no answer to the
// request: of another case, of another number of pictures, not of this form.
std::optional<Facts> facts_answered(const std::string& line, const LookRequest& request);

// Says {"ready": true}, then answers a line for each line of `in`. Returns 0 at the end of `in`.
// `out` must be a descriptor of its own: what libraries print on stdout must not mix into it.
int run_worker(int in, int out, const Look& look);

// A worker that cannot start says why: {"fatal": "..."}.
std::string fatal_line(const std::string& why);

// Sends stdout to stderr and returns a descriptor of the former stdout, for the answers.
int take_stdout();

}  // namespace vioreview
