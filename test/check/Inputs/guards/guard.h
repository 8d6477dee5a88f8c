#pragma once
namespace elsewhere {
template<class F> class final_action {
public:
  explicit final_action(F Do) : Do(static_cast<F &&>(Do)) {}
  final_action(final_action &&Other) : Do(static_cast<F &&>(Other.Do)), On(Other.On) { Other.On = false; }
  ~final_action() {
    if (On)
      Do();
  }

private:
  F Do;
  bool On{true};
};
template<class F> final_action<F> finally(F Do) { return final_action<F>(static_cast<F &&>(Do)); }
} // namespace elsewhere
