// SPDX-License-Identifier: Apache-2.0
// A comparison in words and as JSON.
#include <map>
#include <string_view>
#include <utility>

#include "emit/compare.h"
#include "format/value.h"

namespace vioreview {
namespace {

struct Words {
  bool chinese;
  std::string_view only_before, only_after, scores, code, plate, proven, absent, same, changed,
      lone, value, limit;
};

constexpr Words kEnglish = {false,
                            "only in the first",
                            "only in the second",
                            "scores",
                            "suggested code",
                            "suggested plate",
                            "proven",
                            "absent",
                            " the same",
                            " changed",
                            " only on one side",
                            "value ",
                            "limit "};
constexpr Words kChinese = {true,          "仅见于前者", "仅见于后者", "得分",    "建议代码",
                            "建议号牌",    "设备已验证", "无",         " 件一致", " 件有变化",
                            " 件仅一方有", "值 ",        "限 "};

std::string number(double n) {
  return write_json(rounded(n, 4));
}

std::string number(const std::optional<double>& n, std::string_view absent) {
  return n ? number(*n) : std::string(absent);
}

// "a -> b", or "a" alone when both are the same.
std::string change(const std::string& before, const std::string& after) {
  return before == after ? before : before + " -> " + after;
}

std::string or_absent(const std::string& text, const Words& words) {
  return text.empty() ? std::string(words.absent) : text;
}

std::string state_of(const std::optional<CheckRead>& check, const Words& words) {
  if (!check) return std::string(words.absent);
  const std::string reason = check->reason.empty() ? "" : " (" + check->reason + ")";
  return check->status + reason;
}

std::string check_text(const CheckChange& c, const Words& words) {
  const std::string name = c.before ? c.before->check : c.after->check;
  std::string text =
      "  " + name + ": " + change(state_of(c.before, words), state_of(c.after, words));
  const auto measure = [&](std::string_view word, std::optional<double> CheckRead::*held) {
    const auto before = c.before ? (*c.before).*held : std::nullopt;
    const auto after = c.after ? (*c.after).*held : std::nullopt;
    if (before || after)
      text += "; " + std::string(word) +
              change(number(before, words.absent), number(after, words.absent));
  };
  measure(words.value, &CheckRead::value);
  measure(words.limit, &CheckRead::limit);
  return text + "\n";
}

std::string lone_text(const CaseChange& c, const Words& words) {
  const CaseRead& held = c.before ? *c.before : *c.after;
  std::string text = c.id + "  ";
  text += c.before ? words.only_before : words.only_after;
  text += ": " + verdict_word(held.verdict, words.chinese);
  for (const std::string& id : reason_ids(held)) text += " " + id;
  return text + "\n";
}

std::string case_text(const CaseChange& c, const Words& words) {
  if (!c.before || !c.after) return lone_text(c, words);
  const CaseRead &a = *c.before, &b = *c.after;
  std::string text =
      c.id + "  " +
      change(verdict_word(a.verdict, words.chinese), verdict_word(b.verdict, words.chinese));
  for (const std::string& id : c.reasons_gone) text += "  -" + id;
  for (const std::string& id : c.reasons_new) text += "  +" + id;
  text += "\n";
  for (const CheckChange& check : c.checks) text += check_text(check, words);
  const auto line = [&](std::string_view what, const std::string& before,
                        const std::string& after) {
    if (before != after) text += "  " + std::string(what) + ": " + change(before, after) + "\n";
  };
  if (a.verdict != b.verdict)
    line(words.scores, number(a.accept_score) + " / " + number(a.reject_score),
         number(b.accept_score) + " / " + number(b.reject_score));
  line(words.code, or_absent(a.suggested_code, words), or_absent(b.suggested_code, words));
  line(words.plate, or_absent(a.suggested_plate, words), or_absent(b.suggested_plate, words));
  line(words.proven, a.proven ? "true" : "false", b.proven ? "true" : "false");
  return text;
}

// How many cases went from one verdict to another.
std::map<std::pair<std::string, std::string>, int> moves_of(const Comparison& comparison) {
  std::map<std::pair<std::string, std::string>, int> moves;
  for (const CaseChange& c : comparison.changes)
    if (c.before && c.after && c.before->verdict != c.after->verdict)
      ++moves[{c.before->verdict, c.after->verdict}];
  return moves;
}

int lone_of(const Comparison& comparison) {
  int lone = 0;
  for (const CaseChange& c : comparison.changes) lone += !c.before || !c.after;
  return lone;
}

Value side(const std::optional<CheckRead>& check) {
  if (!check) return {};
  return Value()
      .set("status", check->status)
      .set("reason", check->reason)
      .set("probability", check->probability)
      .set("value", check->value ? Value(*check->value) : Value())
      .set("limit", check->limit ? Value(*check->limit) : Value());
}

Value side(const std::optional<CaseRead>& c) {
  if (!c) return {};
  Value reasons{Value::Array{}};
  for (const std::string& id : reason_ids(*c)) reasons.push(id);
  return Value()
      .set("verdict", c->verdict)
      .set("proven", c->proven)
      .set("reasons", std::move(reasons))
      .set("accept_score", c->accept_score)
      .set("reject_score", c->reject_score)
      .set("suggested_code", c->suggested_code)
      .set("suggested_plate", c->suggested_plate);
}

Value value_of(const CaseChange& c) {
  Value checks{Value::Array{}};
  for (const CheckChange& check : c.checks)
    checks.push(Value()
                    .set("check", check.before ? check.before->check : check.after->check)
                    .set("before", side(check.before))
                    .set("after", side(check.after)));
  return Value()
      .set("case_id", c.id)
      .set("before", side(c.before))
      .set("after", side(c.after))
      .set("checks", std::move(checks));
}

}  // namespace

std::string comparison_text(const Comparison& comparison, bool chinese) {
  const Words& words = chinese ? kChinese : kEnglish;
  std::string text;
  for (const VersionChange& version : comparison.versions)
    text += version.name + ": " +
            change(or_absent(version.before.substr(0, 12), words),
                   or_absent(version.after.substr(0, 12), words)) +
            "\n";
  for (const CaseChange& c : comparison.changes) text += case_text(c, words);
  const int lone = lone_of(comparison);
  text += std::to_string(comparison.same) + std::string(words.same) + ", " +
          std::to_string(static_cast<int>(comparison.changes.size()) - lone) +
          std::string(words.changed);
  std::string separator = " (";
  for (const auto& [move, count] : moves_of(comparison)) {
    text +=
        separator +
        change(verdict_word(move.first, words.chinese), verdict_word(move.second, words.chinese)) +
        " " + std::to_string(count);
    separator = ", ";
  }
  if (separator == ", ") text += ")";
  return text + ", " + std::to_string(lone) + std::string(words.lone) + "\n";
}

std::string comparison_json(const Comparison& comparison) {
  Value versions{Value::Array{}}, changes{Value::Array{}}, moves{Value::Array{}};
  for (const VersionChange& version : comparison.versions)
    versions.push(Value()
                      .set("name", version.name)
                      .set("before", version.before)
                      .set("after", version.after));
  for (const auto& [move, count] : moves_of(comparison))
    moves.push(Value().set("from", move.first).set("to", move.second).set("cases", count));
  for (const CaseChange& c : comparison.changes) changes.push(value_of(c));
  return write_json(Value()
                        .set("equal", comparison.equal())
                        .set("same", comparison.same)
                        .set("versions", std::move(versions))
                        .set("verdicts", std::move(moves))
                        .set("changes", std::move(changes))) +
         "\n";
}

}  // namespace vioreview
