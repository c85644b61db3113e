// SPDX-License-Identifier: Apache-2.0
// A case told in full, from which the tests of emit start.
#pragma once
#include <string>

#include "core/case.h"
#include "core/facts.h"
#include "core/time.h"
#include "core/verdict.h"
#include "emit/emit.h"

namespace vioreview {

inline Time at(const std::string& text) {
  return parse_time(text).value();
}

inline Finding finding(const std::string& check, Status status, float probability,
                       const std::string& reason = "") {
  Finding f;
  f.check = check;
  f.status = status;
  f.probability = probability;
  f.reason = reason;
  return f;
}

// A Sunday's speed case with two pictures, the second of which is missing.
inline Case example_case() {
  Case c;
  c.id = "530502-1";
  c.source = "night/530502-1";
  c.record.violation = "16250";
  c.record.plate = "云M12345";
  c.record.plate_kind = "02";
  c.record.plate_color = PlateColor::blue;
  c.record.vehicle_class = RecordedClass{"K33", {VehicleClass::car}, false};
  c.record.body_color = {BodyColor::white};
  c.record.times = {at("2021-03-14T08:25:31.120"), at("2021-03-14T08:25:32.480")};
  c.record.place = "永昌路与正阳路路口";
  c.record.device_id = "530502000000012345";
  c.record.lane = 2;
  c.record.speed_kmh = 78;
  c.record.limit_kmh = 60;
  c.pictures = {{"1.jpg", "/somewhere/night/1.jpg", Role::panel, at("2021-03-14T08:25:31.120")},
                {"2.jpg", "", Role::closeup, std::nullopt}};
  c.problems = {{"picture_missing", "2.jpg", "not in the folder; copy it there"}};
  c.notes = {"unknown field \"x\""};
  c.revision = 2;
  return c;
}

inline Facts example_facts() {
  PanelFacts seen;
  seen.file = "1.jpg";
  seen.sha256 = std::string(64, 'a');
  seen.width = 1920;
  seen.height = 1080;
  seen.crop = {0, 0, 1920, 1080};
  seen.notes = {"no end marker, all rows decoded"};
  ObjectSeen car;
  car.box = {100, 200, 500, 600};
  car.score = 0.9F;
  car.vehicle_class = Seen<VehicleClass>{VehicleClass::suv, 0.8F};
  car.special = Seen<Special>{Special::none, 0.99F};
  ObjectSeen other = car;
  other.box = {0, 0, 50, 50};
  seen.objects = {other, car};
  PlateSeen plate;
  plate.box = {250.04F, 500, 350, 530.26F};
  plate.corners = {Point{250.04F, 500}, {350, 502}, {349.5F, 530.26F}, {251, 529}};
  plate.score = 0.95F;
  plate.look = {PlateLook::yellow_double, 0.97F};
  plate.text = "云M1";
  plate.characters = {{"云", 0.91F, {{"贵", 0.05F}}}, {"M", 0.99996F, {}}, {"1", 0.5F, {}}};
  plate.readable = 0.123456F;
  plate.object = 1;
  seen.plates = {plate};
  PanelFacts missing;
  missing.file = "2.jpg";
  missing.role = Role::closeup;
  missing.failure = Problem{"picture_missing", "2.jpg", "no such file"};
  return {{seen, missing}};
}

inline Verdict example_verdict() {
  Verdict verdict;
  verdict.decision = Decision::reject;
  verdict.accept_score = 0.01F;
  verdict.reject_score = 0.98766F;
  verdict.violation = "1625";
  verdict.group = "speed";
  verdict.target = {0, 0, {1, -1}};
  Finding unreadable = finding("plate_readable", Status::fails, 0.98766F, "plate_unreadable");
  unreadable.value = 0.123456;
  unreadable.limit = 0.5;
  unreadable.panel = 0;
  unreadable.box = Box{250, 500, 350, 530};
  unreadable.zh = "号牌可辨认概率 0.12";
  unreadable.en = "the plate is readable with probability 0.12";
  verdict.findings = {finding("signal_red", Status::unknown, 0, "check_missing"),
                      finding("vehicle_matches", Status::fails, 0.99F, "vehicle_differs"),
                      unreadable, finding("speed_over", Status::holds, 1)};
  return verdict;
}

inline Versions example_versions() {
  Versions versions;
  versions.tool = "0.1.0";
  versions.isa = "avx2";
  versions.catalogue = std::string(64, 'c');
  versions.policy = std::string(64, 'd');
  versions.models = {{"reader", std::string(64, 'e')}};
  versions.basis = std::string(64, 'f');
  return versions;
}

}  // namespace vioreview
