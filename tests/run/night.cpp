// SPDX-License-Identifier: Apache-2.0
#include "run/night.h"

#include <cstdio>

#include "core/time.h"
#include "format/codecs.h"
#include "testing.h"

namespace vioreview {
namespace fs = std::filesystem;
namespace {

std::string plate_of(int number) {
  char digits[8];
  std::snprintf(digits, sizeof digits, "%05d", number);
  return std::string("皖A") + digits;
}

std::string picture_name(int k) {
  return std::to_string(k + 1) + ".jpg";
}

Value record_of(int number, Kind kind) {
  const int event = kind == Kind::repeats ? number - 1 : number;
  // A minute is the window of duplicates of the code.
  const std::int64_t start = parse_time("2026-03-14T00:00:00")->ms + 120'000LL * event +
                             (kind == Kind::repeats ? 5000 : 0);
  Value value, times, pictures;
  value.set("case_id", id_of(number))
      .set("violation", "1636")
      .set("plate", plate_of(event))
      .set("plate_kind", "02")
      .set("plate_color", "blue")
      .set("vehicle_class", "K33")
      .set("body_color", "A")
      .set("place_code", "34010001")
      .set("device_id", "340100000000010001")
      .set("speed_kmh", kind == Kind::slow ? 58 : 78)
      .set("limit_kmh", 60);
  for (int k = 0; k < kPictures; ++k) {
    times.push(format_time(Time{start + 1000 * k}));
    pictures.push(picture_name(k));
  }
  return value.set("times", std::move(times)).set("pictures", std::move(pictures));
}

}  // namespace

std::string id_of(int number) {
  char digits[16];
  std::snprintf(digits, sizeof digits, "case-%05d", number);
  return digits;
}

PanelFacts seen_car(const std::string& plate) {
  PanelFacts panel;
  panel.width = 1920;
  panel.height = 1080;
  panel.crop = {0, 0, 1920, 1080};
  panel.colour = true;
  panel.brightness = 96;
  panel.chroma = 40;
  panel.perceptual_hash = "0f1e2d3c4b5a6978";
  ObjectSeen car;
  car.box = {700, 400, 1100, 800};
  car.score = 0.98F;
  car.vehicle_class = Seen<VehicleClass>{VehicleClass::car, 0.99F};
  car.color = Seen<BodyColor>{BodyColor::white, 0.99F};
  car.special = Seen<Special>{Special::none, 0.99F};
  car.facing = Seen<Facing>{Facing::rear, 0.99F};
  car.embedding = {1, 0};
  panel.objects = {car};
  PlateSeen seen;
  seen.box = {840, 650, 960, 690};
  seen.corners = {Point{840, 650}, {960, 650}, {960, 690}, {840, 690}};
  seen.score = 0.99F;
  seen.look = {PlateLook::blue, 0.99F};
  seen.text = plate;
  seen.readable = 0.995F;
  seen.covered = 0.01F;
  seen.object = 0;
  const std::size_t province = 3;  // bytes of a Chinese character
  seen.characters.push_back({plate.substr(0, province), 0.999F, {}});
  for (const char c : plate.substr(province))
    seen.characters.push_back({std::string(1, c), 0.999F, {}});
  panel.plates = {seen};
  return panel;
}

void write_case(const fs::path& batch, int number, Kind kind) {
  const fs::path folder = batch / id_of(number);
  write_file(folder / "record.json", write_json(record_of(number, kind)));
  std::string plate = plate_of(kind == Kind::repeats ? number - 1 : number);
  if (kind == Kind::misread)
    plate.back() = plate.back() == '9' ? '0' : static_cast<char>(plate.back() + 1);
  for (int k = 0; k < kPictures; ++k) {
    PanelFacts facts = seen_car(plate);
    facts.file = id_of(number) + "/" + picture_name(k);  // no two pictures are the same bytes
    std::string bytes = write_json(to_value(facts));
    const bool second = k == 1;
    if (second && kind == Kind::gone) continue;
    if (second && kind == Kind::broken) bytes = "<html>" + facts.file;
    if (second && kind == Kind::empty_file) bytes.clear();
    write_file(folder / picture_name(k), bytes);
  }
}

void write_night(const fs::path& batch, int count) {
  for (int number = 0; number < count; ++number)
    write_case(batch, number, static_cast<Kind>(number % kKinds));
}

}  // namespace vioreview
