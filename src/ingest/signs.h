// SPDX-License-Identifier: Apache-2.0
// What tells records from the other texts that lie between captures.
#pragma once
#include <filesystem>
#include <string_view>

#include "format/value.h"

namespace vioreview {

// What a file lies among: cases in folders of their own, between which people keep notes and lists,
// or pictures alone.
enum class Among { cases, pictures };

// Whether the fields claim a capture: pictures, a violation, an event or a plate, and among cases a
// time where the pictures are files. Lists of devices, notes of people and programs and what a
// review wrote claim none.
bool says_a_case(const Value& fields, Among among);

// Of a text that cannot be read: whether it names what records have.
bool may_be_record(std::string_view text);

// By its name: a file that counts as an index even when nothing in it can be read.
bool is_meant_as_index(const std::filesystem::path& file);

}  // namespace vioreview
