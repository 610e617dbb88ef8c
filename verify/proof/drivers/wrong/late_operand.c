/* must raise: initialization in fill_slot; requires well_formed of hp_tape_evaluate */
#include "src/tape.h"
#include "verify/proof/drivers/driver.h"

int main(void) {
  static const hp_instruction code[2] = {{HP_ADD, 0, 2}, {HP_MUL, 0, 1}};
  double x[1], slot[3];
  any_of(1, x, -1.0, 1.0);
  hp_tape_evaluate(1, x, 0, NULL, 2, code, slot);
  return 0;
}
