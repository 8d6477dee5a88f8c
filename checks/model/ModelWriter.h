#pragma once

#include "Model.h"

namespace connsan {

/// A model as an item of the list `models` of a `.connsan.yaml`, which reads back as the same model. Says
/// "null" rather than "zero" for a function that returns a pointer.
std::string write(const Model &M, bool ReturnsPointer);
/// The same on one line.
std::string writeLine(const Model &M, bool ReturnsPointer);

} // namespace connsan
