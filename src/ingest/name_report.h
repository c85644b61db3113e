// SPDX-License-Identifier: Apache-2.0
// What the names of a batch parse to, every file accounted for: shown before a review is started.
#pragma once
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "ingest/name_proposal.h"

namespace vioreview {

// What became of one file.
enum class FileFate {
  named,     // read by a template: with its siblings in a case
  unparsed,  // a picture that no template fits: a case of its own, name_unparsable
  recorded,  // a record, or a picture that a record lists
  loose,     // a picture with neither record nor template: in a case without record
  repeated,  // of a case that is there a second time
  unread,    // no picture, hidden, a link, or not listed in its record
};
std::string_view name_of(FileFate);

struct NameReport {
  struct File {
    std::string file;  // relative to the batch, UTF-8; a folder that is not read ends in '/'
    FileFate fate = FileFate::unread;
    std::string by, case_id;  // the template's name; "" for none
    std::string why;          // the name does not fit, the file is not read, or what is wrong with
                              // its cases
    std::vector<std::pair<std::string, std::string>> items;  // word and value
  };
  struct Collision {
    std::string device, time;        // to the second; the folder where the device is not known
    std::vector<std::string> files;  // the first picture of each case
  };
  // Cases of a device of which most have more pictures, as far as nobody says how many they have.
  struct Few {
    std::string device;  // the folder where it is not known
    std::size_t usual = 0, pictures = 0;
    std::vector<std::string> files;  // the first picture of each case
  };
  std::vector<File> files;  // in the order of their names
  std::size_t templates = 0, cases = 0;
  std::size_t unprocessed = 0;  // of the cases: that no review can process; but for those of names
                                // that only lack pictures, which may come late
  std::vector<std::string> refused;   // of an archive: what is not read, and why
  std::vector<std::string> missing;   // names of pictures whose number lacks in its case
  std::vector<std::string> repeated;  // first pictures of cases in which a number stands twice
  std::vector<std::string> orphans;   // alone in a case where the template's cases have several
  std::vector<Collision> collisions;  // two cases of one device in one second
  std::vector<Few> few;
  std::vector<NameProposal> proposals;  // for names that no template fits

  std::size_t count(FileFate fate) const;
};

// `path`: a folder, an archive, or a .txt file with one name a line (a listing; no file is opened
// then, and no case has an id). `name_template` and `pictures` as for ingest. Names that begin with
// a dot are accounted for in folders, not in archives. Throws as ingest does.
NameReport report_names(const std::filesystem::path& path, const std::string& name_template,
                        int pictures = 0);

}  // namespace vioreview
