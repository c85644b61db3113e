// SPDX-License-Identifier: Apache-2.0
// A case: a record and its pictures, as ingest understood them. No pixels.
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/result.h"
#include "core/time.h"
#include "core/vocabulary.h"

namespace vioreview {

struct PictureRef {
  std::string file;            // as the record names it: relative, UTF-8, '/' between parts
  std::filesystem::path path;  // where it lies; empty when missing
  Role role = Role::panel;
  std::optional<Time> time;  // of this picture
  bool operator==(const PictureRef&) const = default;
};

// What the device claims. Every field may be unknown: an empty string or optional.
struct Record {
  std::string violation;  // wfxw, as given: "1625", "16250", "1352A"
  std::string plate;  // hphm, upper case, separators and blanks removed; empty for an unread plate
                      // (未识别 ...)
  std::string plate_kind;  // hpzl, two digits
  std::optional<PlateColor> plate_color;
  std::optional<RecordedClass> vehicle_class;
  std::vector<BodyColor> body_color;  // more than one: two-tone, any of them fits
  std::vector<Time> times;            // in the record's order
  std::string place, place_code, device_id, direction;
  std::optional<int> lane;  // 1 = leftmost in travel direction; 0 or less is unknown
  std::optional<double> speed_kmh, limit_kmh;
  std::string collection;  // cjfs 采集方式; "7" is interval speed
  std::string
      site_facts_json;  // what the platform exports about the site, compact JSON, "" when none
  bool operator==(const Record&) const = default;
};

struct Case {
  std::string id;  // unique in the batch; made from device, time, code and sorted names when the
                   // record has none
  std::string source;  // relative to the batch: the case folder, or INDEX:LINE
  Record record;
  std::vector<PictureRef> pictures;
  std::vector<Problem> problems;  // reasons that keep the case from being decided (picture_missing,
                                  // record_invalid, ...)
  std::vector<std::string> notes;  // what was unknown, dropped or not read; for people
  std::string content;  // sha-256 over record and picture names and sizes: tells a repeated id with
                        // other content
  bool operator==(const Case&) const = default;
};

// A folder, index or archive of cases, ordered by id.
struct Batch {
  std::filesystem::path root;
  std::vector<Case> cases;
};

}  // namespace vioreview
