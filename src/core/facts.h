// SPDX-License-Identifier: Apache-2.0
// All that perception saw, with probabilities. Plain values: no pixels, no tensors. "Not observed"
// is an empty optional, never "false".
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/geometry.h"
#include "core/plate_print.h"
#include "core/result.h"
#include "core/time.h"
#include "core/view_print.h"
#include "core/vocabulary.h"

namespace vioreview {

// A value and the calibrated probability that it is right.
template <class T>
struct Seen {
  T value{};
  float p = 0;
  bool operator==(const Seen&) const = default;
};

struct CharacterSeen {
  std::string text;  // one character, UTF-8
  float p = 0;
  std::vector<Seen<std::string>> others;  // next likely ones, falling p
  bool operator==(const CharacterSeen&) const = default;
};

struct PlateSeen {
  Box box;          // bounds of the corners
  Quad corners;     // panel pixels, reading order
  float score = 0;  // probability that a plate is there
  Seen<PlateLook> look;
  int rows = 1;
  std::string text;  // the most likely string, "" when nothing was read
  std::vector<CharacterSeen> characters;
  float readable = 0;            // probability that the whole string is right
  std::optional<float> covered;  // probability that it is dirty, hidden or obscured
  int object = -1;   // index of the vehicle that carries it in PanelFacts::objects, or -1
  PlatePrint print;  // of plates that are wide enough to tell anything
  bool operator==(const PlateSeen&) const = default;
};

enum class ObjectKind { vehicle, two_wheeler, person, signal_head };

struct ObjectSeen {
  ObjectKind kind = ObjectKind::vehicle;
  Box box;
  float score = 0;
  std::optional<Seen<VehicleClass>> vehicle_class;
  std::optional<Seen<BodyColor>> color;  // empty in colourless pictures
  std::optional<Seen<Special>> special;
  std::optional<Seen<Facing>> facing;
  std::vector<float> embedding;  // unit length; cosine tells the same vehicle in another panel
  std::optional<Seen<LampState>> lamp;        // of a signal head
  std::optional<Seen<LampShape>> lamp_shape;  // of its lit lamp
  bool operator==(const ObjectSeen&) const = default;
};

// A marking on the road. Lines: a polyline, from the near end to the far end (a stop line from left
// to right); areas and arrows: a polygon, clockwise. Panel pixels.
struct MarkSeen {
  MarkKind kind = MarkKind::white_solid;
  std::vector<Point> shape;
  float p = 0;                             // probability that it is there and of this kind
  std::optional<Seen<std::string>> moves;  // of an arrow: letters of U L S R in this order
  std::optional<Seen<LaneWord>> says{};    // of words (bus_text): empty when nobody read them
  bool operator==(const MarkSeen&) const = default;
};

// A piece of the burned-in text: a field as it was read, after repair by the field's grammar.
struct OverlaySeen {
  OverlayField field = OverlayField::other;
  std::string text;  // normalised: times as 2026-03-14T08:25:31.120, codes and numbers as digits
  float p = 0;       // probability that the text is right
  Box box;           // in panel pixels; bands of a composite lie outside the panel
  bool operator==(const OverlaySeen&) const = default;
};

// The part of a panel that a close-up enlarges.
struct EnlargedSeen {
  std::string sha256;  // of the panel's picture,
  Box crop;            // and where the panel lies in it
  Box box;             // in panel pixels
  float p = 0;
  bool operator==(const EnlargedSeen&) const = default;
};

// How far a panel lies from those that the detector was trained on, in limits of the detector's
// card (1: at the limit), and in what it lies farthest.
struct UnfamiliarSeen {
  float distance = 0;
  Oddity in = Oddity::strange;
  bool operator==(const UnfamiliarSeen&) const = default;
};

// One panel: a picture, or a part of a composite. Remembered in the state by picture hash, role,
// models and needs.
struct PanelFacts {
  std::string file;    // as the record names it
  std::string sha256;  // of the picture file; empty when it could not be read
  Role role = Role::panel;
  Box crop;                   // within the picture; the whole picture when it is no composite
  int width = 0, height = 0;  // of the panel in pixels, after EXIF rotation; 0 when not decoded
  std::optional<Problem> failure;  // decode or perception failed: reason and detail
  std::vector<std::string> notes;  // for example a missing end marker with all rows decoded
  std::optional<bool> colour;      // false for a grey picture
  std::optional<float> brightness, chroma;   // means, 0 to 255
  std::optional<UnfamiliarSeen> unfamiliar;  // empty: the detector's card states no limits
  std::optional<Time> written;  // when the picture was taken by its EXIF data: the camera's word
  std::string perceptual_hash;  // 16 hex digits (64-bit difference hash) of the decoded panel
  ViewPrint print;              // of the decoded panel, by which a moved camera is found
  std::vector<ObjectSeen> objects;
  std::vector<PlateSeen> plates;
  std::optional<std::vector<MarkSeen>> marks;       // empty optional: not looked for
  std::optional<std::vector<OverlaySeen>> overlay;  // empty optional: not looked for
  std::optional<EnlargedSeen> enlarges;             // of a close-up: where its pixels were found
  std::optional<Seen<std::string>> layout;  // how the picture is divided: "2x2", "1+3", "single"
  std::vector<Box> bands;         // of text outside the panel that belong to it; picture pixels
  std::vector<PanelFacts> parts;  // a picture that is surely divided: its panels, in reading order
  bool operator==(const PanelFacts&) const = default;
};

struct Facts {
  std::vector<PanelFacts>
      panels;  // in the order of Case::pictures (a missing picture has a failure)
  bool operator==(const Facts&) const = default;
};

// What the catalogue needs seen in a case, handed to perception so that nothing is computed for no
// check.
struct Needs {
  bool vehicles = true;  // boxes, class, colour, special, embedding
  bool plates = true;
  bool signals = false, markings = false, overlay = false;
  bool panels = false;  // the lone picture may hold several panels, though its role does not say so
  std::string layout;   // of composites, as the record states it: "2x2"; "" when it does not
  bool operator==(const Needs&) const = default;
};

}  // namespace vioreview
