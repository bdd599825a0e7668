// rtl/memory/Queue: whatever word is watched from its push on, it leaves at its turn, unchanged and once; the level is
// the number of words in it. Defines: DUT, WIDTH, DEPTH; words.svh gives the memory's words.
module proof (
  input              clk,
  input              reset,
  input              pushValid,
  input [`WIDTH-1:0] pushData,
  input              popReady,
  input              choose
);
  localparam BITS = $clog2(`DEPTH);

  wire              pushReady, popValid;
  wire [`WIDTH-1:0] popData;
  wire [BITS:0]     level;
  `DUT dut (.clk, .reset, .pushValid, .pushReady, .pushData, .popValid, .popReady, .popData, .level);

  reg started = 1'b0;
  always @(posedge clk) started <= 1'b1;
  always @* if (!started) assume (reset);

  // A word, any one, and how many stand before it.
  reg              watching;
  reg [`WIDTH-1:0] watched;
  reg [BITS:0]     ahead, held;
  wire push = pushValid & pushReady, pop = popValid & popReady;
  always @(posedge clk)
    if (reset) begin
      held <= 0;
      watching <= 1'b0;
    end else begin
      held <= held + push - pop;
      if (watching) begin
        if (pop) begin
          watching <= ahead != 0;
          ahead <= ahead - 1'b1;
        end
      end else if (push & choose) begin
        watching <= 1'b1;
        watched <= pushData;
        ahead <= held - pop;
      end
    end

  always @* if (started & !reset) begin
    level_right: assert (level == held && held <= `DEPTH);
    takes_unless_full: assert (pushReady == (held != `DEPTH));
    gives_unless_empty: assert (popValid == (held != 0));
    not_lost: assert (!watching || ahead < held);
    in_turn: assert (!watching || ahead != 0 || popData == watched);
  end

  // What makes these inductive: where the words lie.
  (* hierconn *) wire [BITS-1:0] \dut.head , \dut.tail ;
`include "words.svh"
  wire [BITS-1:0] place = \dut.head + ahead[BITS-1:0];
  always @* if (started & !reset) begin
    pointers: assert (\dut.tail == \dut.head + held[BITS-1:0]);
    stored: assert (!watching || words[`WIDTH*place +: `WIDTH] == watched);
    out_as_last: cover (watching && ahead == 0 && pop && held == 1 && watched == 5);
    filled: cover (watching && held == `DEPTH && ahead == `DEPTH - 1);
  end
endmodule
