// SPDX-License-Identifier: Apache-2.0
#include "perceive/torch/torch_perceiver.h"

#include <algorithm>
#include <map>

#include "core/errors.h"
#include "perceive/contract.h"
#include "perceive/overlay.h"
#include "perceive/pipeline.h"
#include "perceive/torch/torch_net.h"

namespace vioreview {

std::unique_ptr<Perceiver> make_torch_perceiver(const std::vector<ModelCard>& cards) {
  std::map<std::string, std::unique_ptr<Net>> nets;
  for (const ModelCard& card : cards) {
    if (nets.contains(card.task))
      throw SetupError("model " + card.name + ": another model has the task " + card.task +
                       "; keep one card for each task");
    check_contract(card);
    nets[card.task] = make_torch_net(card);
  }
  for (const char* task : {"detector", "plate", "reader", "vehicle"})
    if (!nets.contains(task))
      throw SetupError(std::string("no model has the task ") + task +
                       "; restore the models folder");
  return make_pipeline(std::move(nets), make_overlay_reader());
}

std::string verify_model(const ModelCard& card) {
  try {
    check_contract(card);
    make_torch_net(card);
    return "";
  } catch (const std::exception& error) {
    return error.what();
  }
}

}  // namespace vioreview
