// SPDX-License-Identifier: Apache-2.0
// A review in a process of its own, so that tests can kill it:
// run_test_review BATCH OUT STATE WORKER WORKERS. Exit codes as of the program.
#include <iostream>
#include <string>

#include "core/errors.h"
#include "run/setup.h"

int main(int, char** argv) {
  using namespace vioreview;
  const ReviewOptions options = review_with(argv[1], argv[2], argv[3], argv[4], std::stoi(argv[5]));
  const auto progress = make_json_progress(std::cerr);
  stop_on_signals();
  try {
    return review(options, *progress).summary.unprocessed > 0 ? 3 : 0;
  } catch (const StoppedError& error) {
    std::cerr << error.what() << '\n';
    return 130;
  } catch (const BusyError& error) {
    std::cerr << error.what() << '\n';
    return 75;
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
