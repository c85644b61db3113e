// SPDX-License-Identifier: Apache-2.0
#include "cli/ingest_text.h"

#include <algorithm>
#include <map>
#include <span>

#include "cli/inspect_text.h"
#include "format/value.h"
#include "ingest/text.h"

namespace vioreview {
namespace {

constexpr FileFate kFates[] = {FileFate::named, FileFate::unparsed, FileFate::recorded,
                               FileFate::loose, FileFate::repeated, FileFate::unread};
constexpr std::size_t kExamples = 3, kShown = 20;

const char* meaning(FileFate fate) {
  switch (fate) {
    case FileFate::named:
      return "pictures read by a template";
    case FileFate::unparsed:
      return "pictures whose names no template fits: manual, name_unparsable";
    case FileFate::recorded:
      return "records and pictures that records list";
    case FileFate::loose:
      return "pictures with neither record nor template: manual, record_missing";
    case FileFate::repeated:
      return "files of a case that stands elsewhere";
    case FileFate::unread:
      return "other files: not read, or told of in a case without record";
  }
  return "";
}

std::string line_of(const NameReport::File& file) {
  std::string line = "  " + printable(file.file);
  if (!file.why.empty()) line += "  (" + printable(file.why) + ")";
  if (!file.items.empty()) line += "\n   ";
  for (const auto& [word, value] : file.items) line += " " + word + "=" + printable(value);
  return line + "\n";
}

// Files by fate, those that a template reads by template, some of each.
std::string files_text(const NameReport& report, bool all) {
  std::string text;
  for (const FileFate fate : kFates) {
    std::map<std::string, std::size_t> shown;
    std::size_t left_out = 0;
    std::string lines;
    for (const NameReport::File& file : report.files) {
      if (file.fate != fate) continue;
      const bool sound = fate == FileFate::named && file.why.empty();
      if (all || ++shown[file.by + (sound ? "" : "\n")] <= (sound ? kExamples : kShown))
        lines += line_of(file);
      else
        ++left_out;
    }
    if (lines.empty()) continue;
    text += "\n" + std::string(name_of(fate)) + ": " + meaning(fate) + "\n" + lines;
    if (left_out > 0) text += "  ... and " + std::to_string(left_out) + " more; --all lists them\n";
  }
  return text;
}

std::string list_text(const char* title, std::span<const std::string> names, bool all) {
  if (names.empty()) return "";
  const std::size_t shown = all ? names.size() : std::min(names.size(), kShown);
  std::string text = std::string("\n") + title + ": " + std::to_string(names.size()) + "\n";
  for (const std::string& name : names.first(shown)) text += "  " + printable(name) + "\n";
  if (shown < names.size())
    text += "  ... and " + std::to_string(names.size() - shown) + " more; --all lists them\n";
  return text;
}

std::vector<std::string> collision_lines(const NameReport& report) {
  std::vector<std::string> lines;
  for (const NameReport::Collision& collision : report.collisions) {
    std::string line = collision.device + " " + collision.time + ":";
    for (const std::string& file : collision.files) line += " " + file;
    lines.push_back(std::move(line));
  }
  return lines;
}

std::vector<std::string> few_lines(const NameReport& report, bool all) {
  std::vector<std::string> lines;
  for (const NameReport::Few& few : report.few) {
    std::string line = "device " + few.device + ": most cases have " + std::to_string(few.usual) +
                       " pictures, these have " + std::to_string(few.pictures) + ":";
    const std::size_t shown = all ? few.files.size() : std::min(few.files.size(), kShown);
    for (std::size_t i = 0; i < shown; ++i) line += " " + few.files[i];
    if (shown < few.files.size())
      line += " and " + std::to_string(few.files.size() - shown) + " more";
    lines.push_back(std::move(line));
  }
  return lines;
}

std::string few_text(const NameReport& report, bool all) {
  const std::string text =
      list_text("fewer pictures than most cases of the device", few_lines(report, all), all);
  return text.empty() ? text
                      : text +
                            "  --pictures N, or pictures = N in inbox.toml, says how many a case "
                            "has: others then count as missing\n";
}

std::string proposals_text(const NameReport& report) {
  if (report.proposals.empty()) return "";
  std::string text = "\nproposed templates, to be checked by a person:\n";
  for (const NameProposal& proposal : report.proposals)
    text += "  --template '" + printable(proposal.pattern) + "'\n    fits " +
            std::to_string(proposal.fits) + ", as " + printable(proposal.example) + "\n";
  return text;
}

Value list_value(std::span<const std::string> names) {
  Value list{Value::Array{}};
  for (const std::string& name : names) list.push(name);
  return list;
}

Value file_value(const NameReport::File& file) {
  Value items{Value::Object{}};
  for (const auto& [word, value] : file.items) items.set(word, value);
  Value value;
  value.set("file", file.file).set("fate", name_of(file.fate)).set("template", file.by);
  return value.set("case_id", file.case_id).set("why", file.why).set("items", std::move(items));
}

Value summary_value(const NameReport& report) {
  Value counts, collisions{Value::Array{}}, fewer{Value::Array{}}, proposals{Value::Array{}};
  for (const FileFate fate : kFates)
    counts.set(std::string(name_of(fate)), static_cast<std::int64_t>(report.count(fate)));
  for (const NameReport::Collision& collision : report.collisions)
    collisions.push(Value()
                        .set("device", collision.device)
                        .set("time", collision.time)
                        .set("files", list_value(collision.files)));
  for (const NameReport::Few& few : report.few)
    fewer.push(Value()
                   .set("device", few.device)
                   .set("usual", static_cast<std::int64_t>(few.usual))
                   .set("pictures", static_cast<std::int64_t>(few.pictures))
                   .set("files", list_value(few.files)));
  for (const NameProposal& proposal : report.proposals)
    proposals.push(Value()
                       .set("pattern", proposal.pattern)
                       .set("fits", static_cast<std::int64_t>(proposal.fits))
                       .set("example", proposal.example));
  Value value;
  value.set("summary", true).set("files", static_cast<std::int64_t>(report.files.size()));
  value.set("templates", static_cast<std::int64_t>(report.templates));
  value.set("cases", static_cast<std::int64_t>(report.cases)).set("counts", std::move(counts));
  value.set("unprocessed", static_cast<std::int64_t>(report.unprocessed));
  value.set("missing", list_value(report.missing)).set("orphans", list_value(report.orphans));
  value.set("repeated_numbers", list_value(report.repeated));
  value.set("collisions", std::move(collisions)).set("refused", list_value(report.refused));
  value.set("fewer_pictures", std::move(fewer));
  return value.set("proposals", std::move(proposals));
}

}  // namespace

std::string report_text(const NameReport& report, bool all) {
  std::string text = "files " + std::to_string(report.files.size()) + ", cases " +
                     std::to_string(report.cases) + ", templates " +
                     std::to_string(report.templates) + "; nothing was written\n";
  for (const FileFate fate : kFates)
    text += "  " + padded(std::string(name_of(fate)), 10) +
            padded(std::to_string(report.count(fate)), 8) + meaning(fate) + "\n";
  if (report.unprocessed > 0)
    text += std::to_string(report.unprocessed) +
            " cases could not be processed; they would be manual, with their reason\n";
  text += list_text("not read of the archive", report.refused, all);
  text += files_text(report, all);
  text += list_text("missing pictures", report.missing, all);
  text += list_text("orphans, alone where cases have several pictures", report.orphans, all);
  text += list_text("cases in which a picture number stands twice", report.repeated, all);
  text += list_text("two cases of a device in one second", collision_lines(report), all);
  text += few_text(report, all);
  return text + proposals_text(report);
}

std::string report_json(const NameReport& report) {
  std::string text;
  for (const NameReport::File& file : report.files) text += write_json(file_value(file)) + "\n";
  return text + write_json(summary_value(report)) + "\n";
}

}  // namespace vioreview
