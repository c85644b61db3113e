// SPDX-License-Identifier: Apache-2.0
// Whose clock is to be trusted. A device whose clock was reset tells wrong times for nights: each
// capture is held against the rest of its batch, against what its device said in earlier nights
// and, where somebody states it, against the time of receipt. The host's clock is never asked.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/case.h"
#include "core/facts.h"
#include "core/policy.h"

namespace vioreview {

// The captures of one case.
struct Capture {
  std::string device;  // "" when unknown
  Time first, last;
  // How far they lie after a time, in ms; before it: negative; 0 when it lies among them.
  std::int64_t from(Time time) const;
};

// Nothing for a case without a time.
std::optional<Capture> capture_of(const Case& c);

// The first and the last trusted capture of a device.
struct DeviceSpan {
  std::string device;
  Time first, last;
};

// Why the clock behind a capture is suspect.
struct ClockDoubt {
  bool sure = false;               // an impossible time; else it only does not fit the others
  std::string en, zh;              // in words
  std::optional<double> offset_s;  // roughly how far it is ahead; behind is negative
};

// A device with suspect captures, for the summary.
struct DoubtedDevice {
  std::string device;
  int cases = 0;
  Time newest;       // of its suspect captures
  ClockDoubt doubt;  // of that one
};

// Suspect captures by device.
std::vector<DoubtedDevice> doubted_devices(
    const std::vector<std::pair<Capture, ClockDoubt>>& doubts);

// Where the time that the camera wrote into a picture's file (EXIF DateTimeOriginal) is further
// than this from the times of its case, in ms.
std::optional<ClockDoubt> file_time_doubt(const Capture& capture, const Facts& facts,
                                          std::int64_t most_ms);

class Clocks {
 public:
  Clocks() = default;
  // `batch`: of every case that has a time, in any order. `earlier`: what earlier nights know, one
  // a device. `received`: when the batch arrived, if somebody says so. What is far, the policy says
  // (knobs of clock_sane).
  Clocks(std::vector<Capture> batch, std::vector<DeviceSpan> earlier, std::optional<Time> received,
         const Policy& policy);

  // Nothing when the capture can be trusted.
  std::optional<ClockDoubt> doubt(const Capture& capture) const;
  // The newest trusted capture of a device, in this batch or before.
  std::optional<Time> newest(const std::string& device) const;

 private:
  void find_night();
  void find_homes(const std::vector<DeviceSpan>& earlier);
  std::optional<ClockDoubt> impossible(const Capture& capture) const;
  std::optional<ClockDoubt> far_from_night(const Capture& capture) const;
  std::optional<ClockDoubt> far_from_home(const Capture& capture) const;
  bool confirmed(const Capture& capture) const;
  const DeviceSpan* night_beside(const std::string& device) const;
  std::optional<Time> evidence_beside(const std::string& device) const;

  std::vector<Capture> batch_;
  std::optional<Time> received_;
  std::int64_t ahead_ms_ = 0, behind_ms_ = 0, jump_ms_ = 0;
  // What most devices of the batch agree on; "": all of them together, absent when they do not.
  std::map<std::string, DeviceSpan> night_;  // by device: without its own captures
  std::map<std::string, DeviceSpan> homes_;  // where each device's own captures lie
  bool all_were_away_ = false;               // all known devices jump: the office was closed
  std::map<std::string, Time> newest_;
};

}  // namespace vioreview
