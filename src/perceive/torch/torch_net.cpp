// SPDX-License-Identifier: Apache-2.0
#include "perceive/torch/torch_net.h"

#include <cmath>

#include <ATen/Parallel.h>
#include <torch/script.h>
#include <torch/version.h>

#include "core/errors.h"
#include "core/sha256.h"
#include "perceive/torch/torch_perceiver.h"

namespace vioreview {
namespace {

[[noreturn]] void refuse(const ModelCard& card, const std::string& why) {
  throw SetupError("model " + card.name + " (" + card.file.string() + "): " + why +
                   "; restore the models folder (git checkout), or make the model and its card "
                   "again (scripts/train/NAME.py for the project's own)");
}

std::string first_line(const std::string& text) {
  return text.substr(0, text.find('\n'));
}

std::vector<torch::Tensor> tensors_of(const torch::IValue& value, const ModelCard& card) {
  if (value.isTensor()) return {value.toTensor()};
  std::vector<torch::Tensor> all;
  if (value.isTuple()) {
    for (const torch::IValue& element : value.toTupleRef().elements()) {
      if (!element.isTensor()) refuse(card, "gives something other than tensors");
      all.push_back(element.toTensor());
    }
  }
  if (all.empty()) refuse(card, "gives neither a tensor nor a tuple of tensors");
  return all;
}

std::string shape_text(const std::vector<std::int64_t>& shape) {
  std::string text = "[";
  for (const std::int64_t n : shape) text += (text.size() > 1 ? ", " : "") + std::to_string(n);
  return text + "]";
}

class TorchNet : public Net {
 public:
  explicit TorchNet(const ModelCard& card) : Net(card) {
    at::set_num_threads(1);
    try {
      module_ = torch::jit::load(card.file.string());
      module_.eval();
      check();
      module_ = torch::jit::optimize_for_inference(module_);
      warm_up();
    } catch (const SetupError&) {
      throw;
    } catch (const c10::Error& error) {
      refuse(card, "does not load or run: " + first_line(error.what_without_backtrace()));
    } catch (const std::exception& error) {  // a script's own error, a damaged archive
      refuse(card, "does not load or run: " + first_line(error.what()));
    }
  }

  // Refuses outputs that are not of the card's shapes, so that no adapter reads beyond a tensor.
  std::vector<Tensor> run(const std::vector<float>& pictures, std::int64_t batch) override {
    const std::vector<torch::Tensor> given = forward(pictures, batch);
    const auto& named = card().outputs;
    if (given.size() < named.size())
      refuse(card(), "gives " + std::to_string(given.size()) + " outputs, its card names " +
                         std::to_string(named.size()));
    std::vector<Tensor> outputs;
    for (std::size_t i = 0; i < named.size(); ++i) {  // further ones are nobody's
      const torch::Tensor plain = given[i].to(torch::kFloat32).contiguous();
      Tensor out;
      out.shape.assign(plain.sizes().begin(), plain.sizes().end());
      std::vector<std::int64_t> wanted = named[i].second;
      if (!wanted.empty()) wanted[0] = batch;
      if (out.shape != wanted)
        refuse(card(), "output " + named[i].first + " is " + shape_text(out.shape) +
                           ", its card says " + shape_text(wanted));
      out.data.assign(plain.data_ptr<float>(), plain.data_ptr<float>() + plain.numel());
      outputs.push_back(std::move(out));
    }
    return outputs;
  }

 private:
  std::vector<torch::Tensor> forward(const std::vector<float>& pictures, std::int64_t batch) {
    const torch::NoGradGuard no_grad;  // not InferenceMode: it breaks optimised graphs
    const torch::Tensor input = torch::from_blob(const_cast<float*>(pictures.data()),
                                                 {batch, 3, card().height, card().width});
    return tensors_of(module_.forward({input}), card());
  }

  std::vector<float> blank(std::int64_t batch) const {
    std::vector<float> zeros;
    zeros.resize(static_cast<std::size_t>(batch * 3 * card().height * card().width));
    return zeros;
  }

  // The card's word against what the model gives, for batches of one and two.
  void check() {
    for (const std::int64_t batch : {1, 2}) {
      const std::vector<Tensor> outputs = run(blank(batch), batch);
      for (std::size_t i = 0; i < outputs.size(); ++i)
        for (const float x : outputs[i].data)
          if (!std::isfinite(x) && !(x < 0))  // log 0 is a number here
            refuse(card(), "output " + card().outputs[i].first + " holds no numbers");
    }
  }

  // Profiling and code generation before the first picture waits for them. Larger batches have
  // theirs when they first come: not every panel has eight vehicles.
  void warm_up() {
    for (int i = 0; i < 2; ++i) forward(blank(1), 1);
  }

  torch::jit::Module module_;
};

}  // namespace

std::unique_ptr<Net> make_torch_net(const ModelCard& card) {
  if (!std::filesystem::exists(card.file)) refuse(card, "the file is missing");
  const std::string found = sha256_of_file(card.file);
  if (found != card.sha256)
    refuse(card, "the file has sha256 " + found.substr(0, 12) + "..., its card says " +
                     card.sha256.substr(0, 12) + "...: damaged, cut off or swapped");
  return std::make_unique<TorchNet>(card);
}

bool have_torch() {
  return true;
}

std::string torch_version() {
  return std::to_string(TORCH_VERSION_MAJOR) + "." + std::to_string(TORCH_VERSION_MINOR) + "." +
         std::to_string(TORCH_VERSION_PATCH);
}

}  // namespace vioreview
