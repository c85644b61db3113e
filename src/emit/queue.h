// SPDX-License-Identifier: Apache-2.0
// What is said about a case and in which order reviewers see it: shared by manifest, tables and
// summary.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "core/case.h"
#include "core/facts.h"
#include "core/verdict.h"

namespace vioreview {

// Why a case is not simply accepted, the strongest first: what fails before what is unknown (for a
// reject the rejecting reasons before all others), by falling probability, then in catalogue order.
// Problems of the case and pictures that failed follow where no check named their reason; their
// `check` is the stage it arose in. `zh` and `en` are never empty.
std::vector<Finding> stated_reasons(const Case& c, const Facts& facts, const Verdict& verdict);

// The first capture: the earliest time of the record, else of the pictures.
std::optional<Time> captured_at(const Case& c);

// The last day for review, "2021-03-22": the fifth working day after the day of capture in UTC+8
// (order 157 of the Ministry of Public Security, in force since 2020-05-01). Saturdays and Sundays
// are skipped. Public holidays (which move it later) and weekends worked in exchange (which move it
// earlier) are not known.
std::string review_by(Time captured);

// Place in the reviewers' queue: manual before the rejects of unproven devices, by last day
// (unknown last), then by how few checks fail or are unknown, falling accept score, case id.
using QueuePlace = std::tuple<bool, bool, std::string, std::int64_t, float, std::string>;
QueuePlace queue_place(const Case& c, const Verdict& verdict);

}  // namespace vioreview
