// SPDX-License-Identifier: Apache-2.0
// What a case's judgement needs of all other cases, of this batch and of earlier nights: events,
// clocks, pictures alike; and what the ledger learns of each case when the manifest is there.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "emit/emit.h"
#include "judge/alike.h"
#include "judge/clocks.h"
#include "judge/judge.h"
#include "store/state.h"

namespace vioreview {

class Survey {
 public:
  using FactsOf = std::function<Facts(const Case&)>;

  // Numbers the revisions of the batch's cases and notes what looks like another case's pictures.
  // `received`: when the batch arrived, if somebody says so. All arguments must outlive this.
  Survey(Batch& batch, const FactsOf& facts_of, const Catalogue& catalogue, const Policy& policy,
         std::optional<Time> received, State& state);

  const EventIndex& events() const { return events_; }
  const Clocks& clocks() const { return clocks_; }
  // Whose captures are suspect.
  std::vector<DoubtedDevice> doubted() const;
  // Cases of earlier nights that waited for pictures which never came, though their devices have
  // gone on.
  const std::vector<Overdue>& overdue() const { return overdue_; }
  // What the ledger is to know of case number `i`.
  LedgerEntry entry(std::size_t i, const Verdict& verdict) const;

 private:
  // Of one case of the batch.
  struct Seen {
    std::string content;  // hash over record and pictures: tells a revision
    std::optional<ClockDoubt> doubt;
    std::vector<KnownPicture> pictures;
    std::string arrived;  // as the ledger keeps it
  };
  std::vector<LedgerEntry> earlier_entries(State& state) const;
  void find_clocks(const Policy& policy, std::optional<Time> received, State& state);
  void look_at_cases(const FactsOf& facts_of, const Policy& policy);
  void find_events(const std::vector<LedgerEntry>& earlier);
  void note_later_records(const std::vector<LedgerEntry>& earlier);
  void find_overdue(const std::vector<LedgerEntry>& earlier, const Policy& policy);
  void note_pictures_alike(const std::vector<LedgerEntry>& earlier, const Policy& policy);
  void number_revisions(State& state);

  Batch& batch_;
  const Catalogue& catalogue_;
  Clocks clocks_;
  std::vector<Seen> seen_;  // as the batch's cases
  EventIndex events_;
  std::vector<Overdue> overdue_;
};

}  // namespace vioreview
