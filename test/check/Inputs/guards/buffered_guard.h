#pragma once
#include <new>
namespace elsewhere {
/// Keeps the lambda in raw memory, so that it can end it early.
template<class F> class Storage {
public:
  explicit Storage(F Do) {
    ::new (room()) F(static_cast<F &&>(Do));
    On = true;
  }
  Storage(const Storage &) = delete;
  F &get() { return *reinterpret_cast<F *>(room()); }
  bool isOn() const { return On; }
  void end() {
    On = false;
    get().~F();
  }

private:
  void *room() { return static_cast<void *>(+Buffer); }
  bool On;
  alignas(F) char Buffer[sizeof(F)];
};
template<class F> class Cleanup {
public:
  Cleanup(F Do) : Stored(static_cast<F &&>(Do)) {}
  void cancel() { Stored.end(); }
  ~Cleanup() {
    if (Stored.isOn()) {
      Stored.get()();
      Stored.end();
    }
  }

private:
  Storage<F> Stored;
};
} // namespace elsewhere
