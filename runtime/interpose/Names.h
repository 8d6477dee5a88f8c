#pragma once

namespace connsan::runtime {

/// Takes the names that no loaded libpq has out of our symbol table, and puts back those that one has: a
/// program that looks for a function of a newer libpq must not find our wrapper in its place. With no libpq
/// loaded all stay, for the one that may come. Called with librariesMutex held.
void showNames();

} // namespace connsan::runtime
