// An AXI4-Lite slave: a memory of 256 words at 0, a countdown with an interrupt at 0x400, SLVERR at 0x800, DECERR above.
// The input fault makes it break a rule.
module axi_slave (
  input              clk,
  input              resetn,
  input      [4:0]   fault,
  input              s_axi_awvalid,
  output             s_axi_awready,
  input      [11:0]  s_axi_awaddr,
  input      [2:0]   s_axi_awprot,
  input              s_axi_wvalid,
  output             s_axi_wready,
  input      [31:0]  s_axi_wdata,
  input      [3:0]   s_axi_wstrb,
  output             s_axi_bvalid,
  input              s_axi_bready,
  output     [1:0]   s_axi_bresp,
  input              s_axi_arvalid,
  output             s_axi_arready,
  input      [11:0]  s_axi_araddr,
  input      [2:0]   s_axi_arprot,
  output             s_axi_rvalid,
  input              s_axi_rready,
  output     [31:0]  s_axi_rdata,
  output     [1:0]   s_axi_rresp,
  output             interrupt
);
  localparam NO_AWREADY = 1, NO_WREADY = 2, NO_BVALID = 3, NO_ARREADY = 4, NO_RVALID = 5, BVALID_FALLS = 6,
    RVALID_FALLS = 7, RDATA_CHANGES = 8, B_WITHOUT_W = 9, B_WITHOUT_AW = 10, R_UNASKED = 11, EXOKAY = 12,
    BRESP_CHANGES = 13, RRESP_CHANGES = 14, R_EXOKAY = 15, B_UNASKED = 16;

  reg        have_aw, have_w, bvalid, rvalid;
  reg [11:0] awaddr;
  reg [31:0] wdata, rdata;
  reg [3:0]  wstrb;
  reg [1:0]  bresp, rresp;
  reg [15:0] timer;
  reg        blink;
  wire [31:0] ram_word;

  function [1:0] response(input [11:0] address);
    response = address < 12'h800 ? 2'b00 : address < 12'hc00 ? 2'b10 : 2'b11;
  endfunction

  wire write = have_aw & have_w & (~bvalid | s_axi_bready) & fault != NO_BVALID;
  wire ar_fire = s_axi_arvalid & s_axi_arready;

  assign s_axi_awready = (~have_aw | write) & fault != NO_AWREADY;
  assign s_axi_wready = (~have_w | write) & fault != NO_WREADY;
  assign s_axi_arready = (~rvalid | s_axi_rready) & fault != NO_ARREADY;
  assign s_axi_bvalid = (bvalid & ~(fault == BVALID_FALLS & blink)) | (fault == B_WITHOUT_W & have_aw)
    | (fault == B_WITHOUT_AW & have_w) | fault == B_UNASKED;
  assign s_axi_bresp = fault == EXOKAY ? 2'b01 : fault == BRESP_CHANGES & blink ? 2'b10 : bresp;
  assign s_axi_rvalid = (rvalid & fault != NO_RVALID & ~(fault == RVALID_FALLS & blink)) | fault == R_UNASKED;
  assign s_axi_rdata = fault == RDATA_CHANGES & blink ? ~rdata : rdata;
  assign s_axi_rresp = fault == R_EXOKAY ? 2'b01 : fault == RRESP_CHANGES & blink ? 2'b10 : rresp;
  assign interrupt = timer == 16'd1;

  word_ram ram (.clk(clk), .write(write & awaddr < 12'h400 ? wstrb : 4'd0), .write_index(awaddr[9:2]),
    .write_data(wdata), .read_index(s_axi_araddr[9:2]), .read_data(ram_word));

  always @(posedge clk) begin
    if (!resetn) begin
      have_aw <= 1'b0; have_w <= 1'b0; bvalid <= 1'b0; rvalid <= 1'b0; timer <= 16'd0; blink <= 1'b0;
    end else begin
      blink <= (bvalid | rvalid) & ~blink;
      if (s_axi_bready) bvalid <= 1'b0;
      if (s_axi_rready) rvalid <= 1'b0;
      if (timer > 16'd1) timer <= timer - 16'd1;
      if (write) begin
        have_aw <= 1'b0; have_w <= 1'b0;
        bvalid <= 1'b1;
        bresp <= response(awaddr);
        if (awaddr == 12'h400) timer <= wdata[15:0];
      end
      if (s_axi_awvalid & s_axi_awready) begin have_aw <= 1'b1; awaddr <= s_axi_awaddr; end
      if (s_axi_wvalid & s_axi_wready) begin have_w <= 1'b1; wdata <= s_axi_wdata; wstrb <= s_axi_wstrb; end
      if (ar_fire) begin
        rvalid <= 1'b1;
        rresp <= response(s_axi_araddr);
        rdata <= s_axi_araddr < 12'h400 ? ram_word : {16'd0, timer};
      end
    end
  end
endmodule
