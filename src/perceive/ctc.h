// SPDX-License-Identifier: Apache-2.0
// From the reader's frames to a string: greedy CTC, with a probability for each character and for
// the whole.
#pragma once
#include <string>
#include <vector>

#include "core/facts.h"

namespace vioreview {

struct ReadString {
  std::string text;
  std::vector<CharacterSeen> characters;  // p: the largest frame probability in the character's run
  double p_string = 0;   // CTC forward probability of `text`: the sum over all alignments
  double p_weakest = 0;  // the smallest p of its characters; 0 when there is none
};

// `log_probs`: frames x classes, class 0 the blank, class i the i-th of `charset`. Divided by
// `temperature` and normalised first.
ReadString read_string(const float* log_probs, int frames, int classes,
                       const std::vector<std::string>& charset, double temperature);

// P(the whole string is right) = sigmoid(a + b logit(p_string) + c logit(p_weakest)); coefficients
// of the card.
double readability(const ReadString& read, const std::vector<double>& coefficients);

// The characters of a UTF-8 charset.
std::vector<std::string> split_charset(const std::string& charset);

}  // namespace vioreview
