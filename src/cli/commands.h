// SPDX-License-Identifier: Apache-2.0
// The table of commands: reading it is reading the product.
// A new command is one file cmd_NAME.cpp with its declare_NAME, and one line here and in
// commands.cpp.
#pragma once
#include <functional>
#include <iosfwd>
#include <span>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace vioreview {

// Where a command prints. Tests hand in string streams.
struct Streams {
  std::ostream& out;
  std::ostream& err;
  bool terminal = false;  // err is a terminal: progress is drawn, not listed
};

// Runs a command whose options have been parsed and returns its exit code; throws the types of
// core/errors.h.
using RunCommand = std::function<int(Streams&)>;

struct Command {
  const char* name;
  const char* summary;               // one line
  const char* examples;              // two command lines; the help starts with them
  RunCommand (*declare)(CLI::App&);  // adds options; opens no file
  bool hidden = false;
};

std::span<const Command> commands();

// Of --template, wherever a command takes one.
inline constexpr const char* kTemplateHelp =
    "How pictures are named: a pattern such as {device:18}{time}_{number}, or a file like "
    "inbox.toml (default: the inbox.toml in the folder)";
inline constexpr const char* kPicturesHelp =
    "How many pictures each case of --template has: a number that lacks is a missing picture";

RunCommand declare_calibrate(CLI::App& app);
RunCommand declare_catalogue(CLI::App& app);
RunCommand declare_check(CLI::App& app);
RunCommand declare_compare(CLI::App& app);
RunCommand declare_doctor(CLI::App& app);
RunCommand declare_ingest(CLI::App& app);
RunCommand declare_inspect(CLI::App& app);
RunCommand declare_layout(CLI::App& app);
RunCommand declare_models(CLI::App& app);
RunCommand declare_review(CLI::App& app);
RunCommand declare_sites(CLI::App& app);
RunCommand declare_worker(CLI::App& app);

// The whole program: parses, runs one command, and turns every error into its exit code and a
// message with a remedy.
int run_program(const std::vector<std::string>& arguments, Streams& streams);

}  // namespace vioreview
