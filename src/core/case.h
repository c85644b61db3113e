// SPDX-License-Identifier: Apache-2.0
// A case: a record and its pictures, as ingest understood them. No pixels.
#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/result.h"
#include "core/time.h"
#include "core/vocabulary.h"

namespace vioreview {

// Where the bytes of a picture that is no file of its own lie in a file: in a member of an archive,
// in base64 text of a record, or in both.
struct Within {
  std::string member;       // of the archive, UTF-8; empty when the file is no archive
  std::int64_t entry = -1;  // place among the archive's entries of one that has to be unpacked
  // The bytes: of the unpacked entry, or of the file when no entry has to be unpacked.
  std::int64_t offset = 0, length = 0;
  std::string field;      // the bytes are a JSON record with the picture as base64 in this field
  std::int64_t size = 0;  // of the picture in bytes
  std::string stamp;      // of the file as it was ingested: nothing is read from a changed one
  bool operator==(const Within&) const = default;
};

struct PictureRef {
  std::string file;            // as the record names it: relative, UTF-8, '/' between parts
  std::filesystem::path path;  // the file where it lies; empty when missing
  Role role = Role::panel;
  std::optional<Time> time;                     // of this picture
  std::optional<Within> within = std::nullopt;  // none: the file itself is the picture
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
  std::string layout;      // of a composite: "2x2", "1+3", "single"; "" when it is not stated
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
  int revision = 1;     // more than 1: this replaces what an earlier run said of the case
  bool operator==(const Case&) const = default;
};

// A folder, index or archive of cases, ordered by id.
struct Batch {
  std::filesystem::path root;
  std::vector<Case> cases;
};

}  // namespace vioreview
