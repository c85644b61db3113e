// SPDX-License-Identifier: Apache-2.0
// A manifest line: fixed order of keys, rounded numbers, nothing of the run or the machine, so that
// the same case gives the same bytes. The keys are described in manifest.schema.json.
#include "emit/manifest.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "emit/queue.h"
#include "emit/target.h"
#include "format/codecs.h"

namespace vioreview {
namespace {

Value text_or_null(std::string_view text) {
  return text.empty() ? Value() : Value(text);
}

Value probability(float p) {
  return rounded(p, 4);
}

Value number_or_null(const std::optional<double>& number) {
  return number ? rounded(*number, 4) : Value();
}

Value box_or_null(const std::optional<Box>& box) {
  return box ? to_value(*box) : Value();
}

Value panel_or_null(int panel) {
  return panel < 0 ? Value() : Value(panel);
}

Value list_of(const std::vector<std::string>& texts) {
  Value list{Value::Array{}};
  for (const std::string& text : texts) list.push(text);
  return list;
}

Value problem_value(const Problem& problem) {
  return Value()
      .set("reason", problem.reason)
      .set("file", text_or_null(problem.file))
      .set("detail", problem.detail);
}

Value reason_value(const Finding& finding) {
  return Value()
      .set("id", finding.reason)
      .set("check", finding.check)
      .set("status", name_of(finding.status))
      .set("probability", probability(finding.probability))
      .set("value", number_or_null(finding.value))
      .set("limit", number_or_null(finding.limit))
      .set("panel", panel_or_null(finding.panel))
      .set("box", box_or_null(finding.box))
      .set("zh", finding.zh)
      .set("en", finding.en);
}

Value check_value(const Finding& finding) {
  return Value()
      .set("check", finding.check)
      .set("status", name_of(finding.status))
      .set("probability", probability(finding.probability))
      .set("value", number_or_null(finding.value))
      .set("limit", number_or_null(finding.limit))
      .set("reason", text_or_null(finding.reason));
}

Value plate_value(const Facts& facts, const TargetSeen& target) {
  const PlateSeen* plate = target_plate(facts, target);
  if (!plate) return {};
  Value characters{Value::Array{}}, corners{Value::Array{}};
  for (const CharacterSeen& c : plate->characters)
    characters.push(Value().set("text", c.text).set("p", probability(c.p)));
  for (const Point& p : plate->corners)
    corners.push(Value().push(rounded(p.x, 1)).push(rounded(p.y, 1)));
  return Value()
      .set("text", text_or_null(plate->text))
      .set("confidence", probability(plate->readable))
      .set("characters", std::move(characters))
      .set("readable", is_readable(*plate))
      .set("kind", name_of(plate->look.value))
      .set("color", name_of(color_of(plate->look.value)))
      .set("color_p", probability(plate->look.p))
      .set("box", to_value(plate->box))
      .set("corners", std::move(corners))
      .set("panel", target.panel);
}

template <class T>
Value seen_value(const std::optional<Seen<T>>& seen) {
  if (!seen) return {};
  return Value().set("value", name_of(seen->value)).set("p", probability(seen->p));
}

Value vehicle_value(const Facts& facts, const TargetSeen& target) {
  const TargetObject seen = target_object(facts, target);
  if (!seen.object) return {};
  return Value()
      .set("class", seen_value(seen.object->vehicle_class))
      .set("color", seen_value(seen.object->color))
      .set("special", seen_value(seen.object->special))
      .set("box", to_value(seen.object->box))
      .set("panel", seen.panel);
}

Value panel_value(const PanelFacts& panel, const std::optional<Time>& time) {
  return Value()
      .set("file", panel.file)
      .set("sha256", text_or_null(panel.sha256))
      .set("crop", panel.width > 0 ? to_value(panel.crop) : Value())
      .set("time", time ? Value(format_time(*time)) : Value())
      .set("role", name_of(panel.role))
      .set("width", panel.width)
      .set("height", panel.height)
      .set("notes", list_of(panel.notes))
      .set("failure", panel.failure ? problem_value(*panel.failure) : Value());
}

Value panels_value(const Case& c, const Facts& facts) {
  Value panels{Value::Array{}};
  for (const PanelFacts& panel : facts.panels) {
    const auto picture =
        std::find_if(c.pictures.begin(), c.pictures.end(),
                     [&](const PictureRef& one) { return one.file == panel.file; });
    panels.push(panel_value(panel, picture == c.pictures.end() ? std::nullopt : picture->time));
  }
  return panels;
}

}  // namespace

Value versions_value(const Versions& versions) {
  Value models{Value::Object{}};
  for (const auto& [name, sha256] : versions.models) models.set(name, sha256);
  return Value()
      .set("tool", versions.tool)
      .set("isa", versions.isa)
      .set("catalogue", text_or_null(versions.catalogue))
      .set("policy", text_or_null(versions.policy))
      .set("sites", text_or_null(versions.sites))
      .set("models", std::move(models))
      .set("basis", text_or_null(versions.basis));
}

std::string manifest_line(const Case& c, const Facts& facts, const Verdict& verdict,
                          const Versions& versions) {
  Value reasons{Value::Array{}}, checks{Value::Array{}}, problems{Value::Array{}};
  for (const Finding& finding : stated_reasons(c, facts, verdict))
    reasons.push(reason_value(finding));
  for (const Finding& finding : verdict.findings) checks.push(check_value(finding));
  for (const Problem& problem : c.problems) problems.push(problem_value(problem));
  const std::optional<Time> captured = captured_at(c);
  Value line;
  line.set("schema", kManifestSchema).set("case_id", c.id).set("source", c.source);
  line.set("revision", c.revision);
  line.set("verdict", name_of(verdict.decision)).set("proven", verdict.proven);
  line.set("confirm", verdict.decision == Decision::accept);
  line.set("confidence", probability(verdict.confidence()))
      .set("scores", Value()
                         .set("accept", probability(verdict.accept_score))
                         .set("reject", probability(verdict.reject_score)));
  line.set("violation", text_or_null(verdict.violation)).set("group", text_or_null(verdict.group));
  line.set("review_by", captured ? Value(review_by(*captured)) : Value());
  line.set("reasons", std::move(reasons)).set("checks", std::move(checks));
  line.set("plate", plate_value(facts, verdict.target));
  line.set("vehicle", vehicle_value(facts, verdict.target));
  line.set("panels", panels_value(c, facts));
  line.set("suggested_code", text_or_null(verdict.suggested_code));
  line.set("suggested_plate", text_or_null(verdict.suggested_plate));
  line.set("record", to_value(c.record));
  line.set("notes", list_of(c.notes)).set("problems", std::move(problems));
  line.set("versions", versions_value(versions));
  return write_json(line);
}

}  // namespace vioreview
