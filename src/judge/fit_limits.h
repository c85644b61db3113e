// SPDX-License-Identifier: Apache-2.0
// The two limits of a violation group from reviewed cases, by Learn-then-Test (Angelopoulos et al.,
// 2021): limits of a fixed grid are tested one after the other, from the strictest to the loosest,
// each by the exact binomial bound at the whole confidence; the first that fails ends it, and the
// loosest that passed is chosen. A limit whose draws are too few to pass even with none wrong, and
// of which none is wrong, is passed over: it could not have been chosen, so it uses up nothing. A
// wrong limit is chosen only if the first wrong one that could be passes, so that testing many
// costs nothing.
//
// Reviewed cases are no plain sample, which the binomial bound is for. Some were more likely to be
// chosen for review than others, and cases of one device and night are right or wrong together. So
// at each limit a plain sample is drawn from them, at most one case of each device night: of the
// decided cases of a night, which weigh W together, one is drawn by weight, and the draw is used
// with probability W / (the heaviest night's W). Every case that the site decides then has the same
// chance to be a draw, and draws are independent, however cases of one night hang together and
// whether or not busy nights are worse. The draw is fixed by the cases' ids, so that the same cases
// give the same limits.
//
// The promise, for each limit by itself: with the asked confidence over what is reviewed, at most
// the asked share of the cases that the limit decides is wrong. It holds where device nights are
// like those reviewed and independent, chances of review are as stated, no night of the site
// outweighs the heaviest reviewed one, and people decide rightly.
//
// The sequence begins at the strictest limit that decides a quarter of what the loosest would: a
// first test on the few surest cases would end it for one wrong case among them. A limit at which
// nothing is wrong but draws are too few to tell is passed over, anything else short of the promise
// ends the sequence. The scores alone say where it begins and where draws suffice, so neither costs
// confidence; and a stricter promise or fewer right draws never give a looser limit.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "core/calibration.h"

namespace vioreview {

// `side`: accept or reject. The cases are of one group; their order does not matter.
LimitFit fit_limit(std::span<const ReviewedCase> cases, Decision side, const Promise& promise);

// By group. Limits that cannot be fitted are those of `policy`.
std::vector<GroupFit> fit_groups(std::span<const ReviewedCase> cases, const Promise& accept,
                                 const Promise& reject, const Policy& policy);

// `policy` with the limits of the groups that are fitted, for whose devices it is then proven.
// `fitted_on`: of the models, catalogue and tool that gave the scores; what was proven for others
// is proven no more.
Policy calibrated(Policy policy, std::span<const GroupFit> fits, const std::string& fitted_on);

}  // namespace vioreview
